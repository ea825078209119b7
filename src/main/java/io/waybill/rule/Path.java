package io.waybill.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field as rule files write it, such as {@code order.shippingAddress.country}, {@code order.attributes.gift} or {@code
 * order.lines.sku} (then it means any of the lines).
 */
record Path(String text, Variable variable, List<Member> members, @Nullable String key) {

    /** A path that leads nowhere. */
    static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message);
        }
    }

    static Path of(String text) throws Unknown {
        String[] words = text.split("\\.", -1);
        Variable variable = variable(words[0]);
        if (variable == Variable.TAGS) {
            if (words.length > 1) {
                throw new Unknown("tags has no fields inside");
            }
            return new Path(text, variable, List.of(Shape.ORDER.member("tags")), null);
        }
        return along(text, variable, words);
    }

    private static Variable variable(String word) throws Unknown {
        for (Variable variable : Variable.values()) {
            if (variable.word().equals(word)) {
                return variable;
            }
        }
        throw new Unknown("fields start with order., line., event., or are tags");
    }

    private static Path along(String text, Variable variable, String[] words) throws Unknown {
        List<Member> members = new ArrayList<>();
        @Nullable Shape shape = variable.shape();
        for (int i = 1; i < words.length; i++) {
            Member member = shape == null ? null : shape.members().get(words[i]);
            if (member == null) {
                throw new Unknown("there is no such field");
            }
            members.add(member);
            shape = member.inside();
            if (member.type() == FieldType.ATTRIBUTES && i + 1 < words.length) {
                return new Path(text, variable, List.copyOf(members), after(text, i));
            }
        }
        return new Path(text, variable, List.copyOf(members), null);
    }

    /** A name of an attribute may hold dots itself. */
    private static String after(String text, int word) throws Unknown {
        String key = text.split("\\.", word + 2)[word + 1];
        if (key.isEmpty()) {
            throw new Unknown("the name of the attribute is missing");
        }
        return key;
    }

    FieldType type() {
        if (key != null) {
            return FieldType.TEXT;
        }
        return members.isEmpty() ? FieldType.GROUP : last().type();
    }

    private Member last() {
        return members.get(members.size() - 1);
    }

    /** Where the path goes from one thing to several, or -1. Lists within lists do not occur. */
    int spread() {
        for (int i = 0; i < members.size() - 1; i++) {
            if (members.get(i).many()) {
                return i;
            }
        }
        return -1;
    }

    /** Is the last member itself a list? */
    boolean isList() {
        return key == null && !members.isEmpty() && (last().many() || last().type() == FieldType.TEXTS);
    }

    /** The value, or for several the list of those present; null when nothing is there. */
    @Nullable
    Object read(Scope scope) {
        Object owner = scope.owner(variable);
        int spread = spread();
        if (spread < 0) {
            return present(walk(owner, 0));
        }
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < spread; i++) {
            owner = members.get(i).get(owner);
        }
        for (Object element : members.get(spread).elements(owner)) {
            Object value = walk(element, spread + 1);
            if (value != null) {
                found.add(value);
            }
        }
        return found.isEmpty() ? null : found;
    }

    private @Nullable Object walk(@Nullable Object owner, int from) {
        for (int i = from; i < members.size() && owner != null; i++) {
            owner = members.get(i).get(owner);
        }
        return key != null && owner instanceof Map<?, ?> map ? map.get(key) : owner;
    }

    private static @Nullable Object present(@Nullable Object value) {
        return value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty()
                ? null
                : value;
    }

    /** As CEL, from its variable up to the member before {@code end}. */
    String celUpTo(int end) {
        StringBuilder cel = new StringBuilder(variable.word());
        appendMembers(cel, variable == Variable.TAGS ? end : 0, end);
        return cel.toString();
    }

    /** As CEL, from an element of the list at {@link #spread} on. */
    String celFrom(String element) {
        StringBuilder cel = new StringBuilder(element);
        appendMembers(cel, spread() + 1, members.size());
        return cel.append(celKey()).toString();
    }

    String cel() {
        return celUpTo(members.size()) + celKey();
    }

    private String celKey() {
        return key == null ? "" : "[" + CelText.quoted(key) + "]";
    }

    private void appendMembers(StringBuilder cel, int from, int to) {
        members.subList(Math.min(from, to), to)
                .forEach(member -> cel.append('.').append(member.name()));
    }
}
