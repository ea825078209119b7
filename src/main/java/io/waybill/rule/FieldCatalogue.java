package io.waybill.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Every field a condition may look at, derived from the canonical records. The meanings are in {@code
 * rule-fields.properties}, one for each member of a record.
 */
public final class FieldCatalogue {
    /**
     * One field. {@code many}: it lies in a list, and a structured condition holds when it holds for one of them. {@code
     * lineOnly}: only rules with {@code of: line} may look at it.
     */
    public record Field(String name, FieldType type, boolean many, boolean lineOnly, String meaning) {}

    private static final Properties MEANINGS = meanings();
    private static final List<Field> FIELDS = List.copyOf(all());
    private static final List<String> NAMES = FIELDS.stream().map(Field::name).toList();

    private FieldCatalogue() {}

    public static List<Field> fields() {
        return FIELDS;
    }

    static List<String> names() {
        return NAMES;
    }

    private static List<Field> all() {
        List<Field> fields = new ArrayList<>();
        for (Variable variable :
                Stream.of(Variable.values()).filter(v -> v != Variable.TAGS).toList()) {
            collect(variable.word(), variable.shape(), false, variable == Variable.LINE, fields);
        }
        fields.add(new Field("tags", FieldType.TEXTS, false, false, "short for order.tags"));
        return fields;
    }

    private static void collect(String prefix, Shape shape, boolean many, boolean lineOnly, List<Field> fields) {
        for (Member member : shape.members().values()) {
            String name = prefix + "." + member.name();
            boolean several = many || member.many();
            String meaning = MEANINGS.getProperty(shape.name() + "." + member.name(), "");
            fields.add(new Field(name, member.type(), several, lineOnly, meaning));
            if (member.type() == FieldType.ATTRIBUTES) {
                fields.add(
                        new Field(name + ".<name>", FieldType.TEXT, several, lineOnly, "the attribute of that name"));
            }
            if (member.inside() != null) {
                collect(name, member.shape(), several, lineOnly, fields);
            }
        }
    }

    private static Properties meanings() {
        Properties meanings = new Properties();
        try (InputStream in = FieldCatalogue.class.getResourceAsStream("/rule-fields.properties")) {
            if (in != null) {
                meanings.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return meanings;
    }
}
