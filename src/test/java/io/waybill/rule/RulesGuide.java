package io.waybill.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the table of fields at the end of the rules guide. Run {@link #main} when the test says that it is due. */
final class RulesGuide {
    static final Path FILE = Path.of("src/docs/rules.md");

    private static final String MARK = "<!-- fields: written by RulesGuide from the catalogue -->\n";

    private RulesGuide() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, text(Files.readString(FILE)));
    }

    static String text(String guide) {
        StringBuilder text = new StringBuilder(guide.substring(0, guide.indexOf(MARK) + MARK.length()));
        text.append("\n| field | type | meaning |\n| --- | --- | --- |\n");
        for (FieldCatalogue.Field field : FieldCatalogue.fields()) {
            text.append("| `")
                    .append(field.name())
                    .append("` | ")
                    .append(field.many() ? "several " : "")
                    .append(field.type().word())
                    .append(" | ")
                    .append(field.meaning())
                    .append(" |\n");
        }
        return text.toString();
    }
}
