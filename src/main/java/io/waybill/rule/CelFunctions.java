package io.waybill.rule;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What our conditions can say beyond standard CEL: amounts, and text without letter case. */
final class CelFunctions {
    private static final int REMEMBERED_AMOUNTS = 1_000;
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType BOOL = SimpleType.BOOL;
    private static final CelPatterns PATTERNS = new CelPatterns();
    private static final ConcurrentMap<String, Amount> AMOUNTS = new ConcurrentHashMap<>();

    private CelFunctions() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                newFunctionDeclaration("money", newGlobalOverload("money_text", Amount.TYPE, TEXT)),
                comparison("_>_", "greater_money"),
                comparison("_>=_", "greater_equals_money"),
                comparison("_<_", "less_money"),
                comparison("_<=_", "less_equals_money"),
                newFunctionDeclaration("_+_", newGlobalOverload("add_money", Amount.TYPE, Amount.TYPE, Amount.TYPE)),
                newFunctionDeclaration(
                        "_-_", newGlobalOverload("subtract_money", Amount.TYPE, Amount.TYPE, Amount.TYPE)),
                newFunctionDeclaration(
                        "_*_", newGlobalOverload("multiply_money_int", Amount.TYPE, Amount.TYPE, SimpleType.INT)),
                ofText("equalsText"),
                ofText("containsText"),
                ofText("startsWithText"),
                ofText("endsWithText"),
                newFunctionDeclaration(
                        "matches",
                        newMemberOverload("text_matches", BOOL, TEXT, TEXT),
                        newGlobalOverload("matches_text", BOOL, TEXT, TEXT)),
                newFunctionDeclaration("inText", newMemberOverload("text_inText", BOOL, TEXT, ListType.create(TEXT))));
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from("money_text", String.class, CelFunctions::money),
                amounts("greater_money", (a, b) -> a.compareTo(b) > 0),
                amounts("greater_equals_money", (a, b) -> a.compareTo(b) >= 0),
                amounts("less_money", (a, b) -> a.compareTo(b) < 0),
                amounts("less_equals_money", (a, b) -> a.compareTo(b) <= 0),
                CelFunctionBinding.from("add_money", Amount.class, Amount.class, Amount::plus),
                CelFunctionBinding.from("subtract_money", Amount.class, Amount.class, Amount::minus),
                CelFunctionBinding.from("multiply_money_int", Amount.class, Long.class, Amount::times),
                texts("text_equalsText", String::equalsIgnoreCase),
                texts("text_containsText", CelFunctions::containsText),
                texts("text_startsWithText", (text, part) -> text.regionMatches(true, 0, part, 0, part.length())),
                texts("text_endsWithText", CelFunctions::endsWithText),
                texts("text_matches", (text, pattern) -> PATTERNS.matches(text, pattern)),
                texts("matches_text", (text, pattern) -> PATTERNS.matches(text, pattern)),
                CelFunctionBinding.from("text_inText", String.class, List.class, CelFunctions::inText));
    }

    private static CelFunctionDecl comparison(String operator, String overload) {
        return newFunctionDeclaration(operator, newGlobalOverload(overload, BOOL, Amount.TYPE, Amount.TYPE));
    }

    private static CelFunctionDecl ofText(String name) {
        return newFunctionDeclaration(name, newMemberOverload("text_" + name, BOOL, TEXT, TEXT));
    }

    private static CelFunctionBinding amounts(String overload, CelFunctionOverload.Binary<Amount, Amount> test) {
        return CelFunctionBinding.from(overload, Amount.class, Amount.class, test);
    }

    private static CelFunctionBinding texts(String overload, CelFunctionOverload.Binary<String, String> test) {
        return CelFunctionBinding.from(overload, String.class, String.class, test);
    }

    /** Nearly always a constant of the rule file, so parsed once; bounded, since it may come out of an order. */
    private static Amount money(String text) {
        Amount known = AMOUNTS.get(text);
        if (known != null) {
            return known;
        }
        Amount amount = Amount.parse(text);
        if (AMOUNTS.size() < REMEMBERED_AMOUNTS) {
            AMOUNTS.put(text, amount);
        }
        return amount;
    }

    private static boolean containsText(String text, String part) {
        for (int at = 0; at <= text.length() - part.length(); at++) {
            if (text.regionMatches(true, at, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithText(String text, String part) {
        return text.regionMatches(true, text.length() - part.length(), part, 0, part.length());
    }

    private static boolean inText(String text, List<?> list) {
        for (Object element : list) {
            if (element instanceof String other && text.equalsIgnoreCase(other)) {
                return true;
            }
        }
        return false;
    }
}
