package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays the commands of one message and collects its labels. */
final class Interpreter {
    /** Commands that would print something we cannot make. */
    private static final Set<String> UNDRAWN = Set.of("^FC", "^FE", "^IL");

    private static final int DEEPEST_RECALL = 3;

    private final Limits limits = new Limits();
    private final Warnings warnings = new Warnings();
    private final Memory memory = new Memory();
    private final List<Label> labels = new ArrayList<>();
    private final Settings settings;
    private final SettingCommands setting;
    private final GraphicCommands graphics;
    private final FieldCommands field;
    private @Nullable Command open;
    private @Nullable List<Command> storing;
    private String storingAs = "";
    private int depth;

    Interpreter(ZplOptions options, boolean bytes) {
        settings = new Settings(options);
        setting = new SettingCommands(settings, warnings);
        graphics = new GraphicCommands(memory, limits, warnings);
        field = new FieldCommands(settings, graphics, limits, warnings, bytes);
    }

    List<String> warnings() {
        return warnings.texts();
    }

    List<Label> play(CommandReader reader) {
        for (Command command = reader.next(); command != null; command = reader.next()) {
            limits.command();
            play(command);
        }
        if (open != null) {
            throw new ZplException(
                    ZplError.TRUNCATED,
                    "The format that starts at " + open.position() + " has no ^XZ. Ask for the label again.");
        }
        return labels;
    }

    private void play(Command command) {
        if (storing != null && !command.name().equals("^XZ")) {
            storing.add(command);
            return;
        }
        try {
            run(settings.units.apply(command));
        } catch (Refusal refusal) {
            throw refusal.at(command);
        }
    }

    private void run(Command c) {
        switch (c.name()) {
            case "^XA" -> start(c);
            case "^XZ" -> end();
            case "^DF" -> store(c);
            case "^XF" -> recall(c);
            default -> {
                boolean done = graphics.store(c) || open != null && field.run(c) || setting.run(c);
                if (!done) {
                    leftOut(c);
                }
            }
        }
    }

    private void start(Command c) {
        if (open != null) {
            warnings.add(c, "starts a format within a format");
            end();
        }
        open = c;
        settings.copies = 1;
        settings.keepFields = false;
    }

    private void end() {
        if (storing != null) {
            memory.store(storingAs, storing);
            storing = null;
        }
        if (open != null) {
            field.finish();
            print();
            field.forget(settings.keepFields);
            open = null;
        }
    }

    /** Copies that are alike are the printer's business; only serial numbers make pages of their own. */
    private void print() {
        boolean serial = field.fields().stream().anyMatch(f -> f.serial() != null);
        for (int copy = 0; copy < (serial ? settings.copies : 1); copy++) {
            Label label = settings.label();
            for (Field one : field.fields()) {
                limits.field();
                one.place(label, field.values(), copy);
            }
            if (!label.marks().isEmpty()) {
                limits.label();
                label.shift(-settings.shiftLeft, settings.top);
                labels.add(label);
            }
        }
    }

    private void store(Command c) {
        storingAs = c.params().text(0, "");
        storing = new ArrayList<>();
    }

    private void recall(Command c) {
        List<Command> format = memory.format(c.params().text(0, ""));
        if (format == null) {
            throw new ZplException(
                    ZplError.NOT_IN_MESSAGE,
                    c.where() + " recalls a format that is not in the message. Send it along.");
        }
        if (++depth > DEEPEST_RECALL) {
            throw new ZplException(ZplError.MALFORMED, c.where() + " recalls itself.");
        }
        for (Command stored : format) {
            limits.command();
            play(stored);
        }
        depth--;
    }

    private void leftOut(Command c) {
        if (open == null) {
            warnings.add(c, "stands outside a format and is ignored");
        } else if (UNDRAWN.contains(c.name())) {
            throw new Refusal(
                    ZplError.UNSUPPORTED_CONTENT, "this content cannot be drawn. Ask the carrier for another format");
        } else {
            warnings.add(c, "is not supported and is ignored");
        }
    }
}
