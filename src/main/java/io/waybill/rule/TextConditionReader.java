package io.waybill.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.waybill.order.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition written as CEL text, and takes it apart at {@code &&}, {@code ||} and {@code !}, so that the trace can
 * tell of each piece.
 */
final class TextConditionReader {
    private static final Pattern UNDEFINED_FIELD = Pattern.compile("undefined field '([^']*)'");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'");

    /** Pieces that use these may be answered though a field is missing, or hold texts that are no plain words. */
    private static final Set<String> NOT_LOWERED = Set.of("matches", "money", "timestamp", "duration", "_[_]");

    private final Problems problems;
    private final boolean line;
    private final Cel cel;

    TextConditionReader(Problems problems, boolean line) {
        this.problems = problems;
        this.line = line;
        this.cel = Cel.of(line);
    }

    @Nullable
    Condition read(String pointer, String text) {
        try {
            CelAbstractSyntaxTree checked = cel.check(text);
            if (!constantsFit(pointer, checked)) {
                return null;
            }
            CelAbstractSyntaxTree parsed = cel.parse(text);
            return new Condition.Text(taken(parsed.getExpr(), parsed.getSource()), "(" + text.strip() + ")");
        } catch (CelValidationException e) {
            Cel.issues(e).forEach(issue -> add(pointer, issue));
            return null;
        }
    }

    private void add(String pointer, CelIssue issue) {
        String message = issue.getMessage().replaceAll(" \\(candidates: .*", "");
        int column = issue.getSourceLocation().getColumn() + 1;
        problems.add(pointer, "condition-invalid", "column " + column + ": " + message, fix(issue.getMessage()));
    }

    private String fix(String message) {
        Matcher field = UNDEFINED_FIELD.matcher(message);
        if (field.find()) {
            return Nearest.of(field.group(1), memberNames())
                    .map(known -> "did you mean " + known + "?")
                    .orElse("see the field catalogue in the rules guide");
        }
        Matcher name = UNDECLARED.matcher(message);
        if (name.find()) {
            return unknownName(name.group(1));
        }
        if (message.contains("no matching overload") && message.contains("money")) {
            return "compare amounts with money('100.00')";
        }
        return message.contains("expected type 'bool'")
                ? "write something that is true or false"
                : "mend the CEL expression; see the rules guide";
    }

    private String unknownName(String name) {
        if (name.equals("line") && !line) {
            return "add of: line to the rule, or ask order.lines.exists(l, …)";
        }
        return Nearest.of(name, List.of("order", "event", "tags"))
                .or(() -> Nearest.of(name, FieldCatalogue.names()))
                .map(known -> "did you mean " + known + "?")
                .orElse("start from order, event, tags" + (line ? " or line" : ""));
    }

    private static Set<String> memberNames() {
        Set<String> names = new LinkedHashSet<>();
        FieldCatalogue.names().forEach(name -> names.add(name.substring(name.lastIndexOf('.') + 1)));
        return names;
    }

    /** A pattern or an amount that can never work is refused now, not at the first order. */
    private boolean constantsFit(String pointer, CelAbstractSyntaxTree ast) {
        return nodes(ast)
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(node -> node.expr().call())
                .allMatch(call -> constantFits(pointer, call));
    }

    private boolean constantFits(String pointer, CelExpr.CelCall call) {
        Optional<String> text = call.args().stream()
                .reduce((first, last) -> last)
                .filter(TextConditionReader::isText)
                .map(last -> last.constant().stringValue());
        String fix = text.map(constant -> problem(call.function(), constant)).orElse(null);
        if (fix != null) {
            problems.add(pointer, "condition-invalid", call.function() + "() cannot read its text", fix);
        }
        return fix == null;
    }

    private static @Nullable String problem(String function, String constant) {
        try {
            switch (function) {
                case "matches" -> {
                    return CelPatterns.problem(constant);
                }
                case "money" -> Amounts.parse(constant);
                case "timestamp" -> java.time.OffsetDateTime.parse(constant);
                default -> {}
            }
            return null;
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return function.equals("money")
                    ? "write an amount such as money('100.00')"
                    : "write a time such as timestamp('2026-11-20T10:11:12Z')";
        }
    }

    private Condition taken(CelExpr expr, CelSource source) throws CelValidationException {
        if (expr.getKind() == CelExpr.ExprKind.Kind.CALL) {
            String function = expr.call().function();
            if (function.equals(Operator.LOGICAL_AND.getFunction())) {
                return new Condition.All(taken(expr.call().args(), source));
            }
            if (function.equals(Operator.LOGICAL_OR.getFunction())) {
                return new Condition.Any(taken(expr.call().args(), source));
            }
            if (function.equals(Operator.LOGICAL_NOT.getFunction())) {
                return new Condition.Not(taken(expr.call().args().get(0), source));
            }
        }
        return leaf(expr, source);
    }

    private List<Condition> taken(List<CelExpr> parts, CelSource source) throws CelValidationException {
        List<Condition> conditions = new ArrayList<>();
        for (CelExpr part : parts) {
            conditions.add(taken(part, source));
        }
        return conditions;
    }

    private Condition leaf(CelExpr expr, CelSource source) throws CelValidationException {
        CelAbstractSyntaxTree ast = CelAbstractSyntaxTree.newParsedAst(expr, source);
        boolean plain = nodes(ast).allMatch(TextConditionReader::isPlain);
        boolean words = nodes(ast).anyMatch(node -> isText(node.expr()));
        boolean lowers = plain && words && nodes(ast).noneMatch(TextConditionReader::isNotLowered);
        return new CelLeaf(
                cel.text(expr, source),
                paths(ast),
                plain,
                cel.expression(expr, source),
                lowers ? cel.expression(lowered(expr), source) : null);
    }

    private static Stream<CelNavigableExpr> nodes(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast).getRoot().allNodes();
    }

    /** No branches, no loops, no presence tests: all of its fields are needed. */
    private static boolean isPlain(CelNavigableExpr node) {
        return switch (node.getKind()) {
            case CONSTANT, IDENT, LIST -> true;
            case SELECT -> !node.expr().select().testOnly();
            case CALL ->
                !Set.of("_?_:_", "_&&_", "_||_").contains(node.expr().call().function());
            case COMPREHENSION, MAP, STRUCT, NOT_SET -> false;
        };
    }

    private static boolean isNotLowered(CelNavigableExpr node) {
        return node.getKind() == CelExpr.ExprKind.Kind.CALL
                && NOT_LOWERED.contains(node.expr().call().function());
    }

    private static boolean isText(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static CelExpr lowered(CelExpr expr) {
        if (isText(expr)) {
            String text = expr.constant().stringValue().toLowerCase(Locale.ROOT);
            return expr.toBuilder().setConstant(CelConstant.ofValue(text)).build();
        }
        return switch (expr.getKind()) {
            case LIST -> expr.toBuilder().setList(loweredList(expr.list())).build();
            case CALL -> expr.toBuilder().setCall(loweredCall(expr.call())).build();
            case CONSTANT, IDENT, SELECT, COMPREHENSION, MAP, STRUCT, NOT_SET -> expr;
        };
    }

    private static CelExpr.CelList loweredList(CelExpr.CelList list) {
        CelExpr.CelList.Builder lowered = CelExpr.CelList.newBuilder();
        list.elements().forEach(element -> lowered.addElements(lowered(element)));
        return lowered.build();
    }

    private static CelExpr.CelCall loweredCall(CelExpr.CelCall call) {
        CelExpr.CelCall.Builder lowered = CelExpr.CelCall.newBuilder().setFunction(call.function());
        call.target().ifPresent(target -> lowered.setTarget(lowered(target)));
        call.args().forEach(argument -> lowered.addArgs(lowered(argument)));
        return lowered.build();
    }

    /** The fields a piece looks at; what is no field of its own (a loop variable's) is left out. */
    private static List<Path> paths(CelAbstractSyntaxTree ast) {
        Set<String> seen = new LinkedHashSet<>();
        List<Path> paths = new ArrayList<>();
        nodes(ast)
                .filter(node -> node.parent()
                        .filter(parent -> parent.getKind() == CelExpr.ExprKind.Kind.SELECT || isKeyed(parent, node))
                        .isEmpty())
                .forEach(node -> chain(node.expr())
                        .filter(seen::add)
                        .flatMap(TextConditionReader::path)
                        .ifPresent(paths::add));
        return List.copyOf(paths);
    }

    private static boolean isKeyed(CelNavigableExpr parent, CelNavigableExpr node) {
        return chain(parent.expr()).isPresent() && node.getKind() != CelExpr.ExprKind.Kind.CONSTANT;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text))
                    .filter(path ->
                            path.variable() == Variable.TAGS || !path.members().isEmpty());
        } catch (Path.Unknown e) {
            return Optional.empty();
        }
    }

    /** {@code order.attributes['gift']} is {@code order.attributes.gift}. */
    private static Optional<String> chain(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> Optional.of(expr.ident().name());
            case SELECT ->
                chain(expr.select().operand())
                        .map(owner -> owner + "." + expr.select().field());
            case CALL ->
                expr.call().function().equals("_[_]")
                                && isText(expr.call().args().get(1))
                        ? chain(expr.call().args().get(0))
                                .map(owner -> owner + "."
                                        + expr.call().args().get(1).constant().stringValue())
                        : Optional.empty();
            case CONSTANT, LIST, COMPREHENSION, MAP, STRUCT, NOT_SET -> Optional.empty();
        };
    }
}
