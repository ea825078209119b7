package io.waybill.label.zpl;

import java.util.Set;

/** Commands that change what later commands mean, and those of the printer that leave no ink. */
final class SettingCommands {
    private static final Set<String> NO_INK = Set.of(
            "^CC", "~CC", "^CD", "~CD", "^CM", "^CN", "^CO", "^CP", "^CT", "~CT", "^CV", "~DE", "^EF", "^FM", "^FX",
            "^HH", "~HI", "~HM", "~HS", "^HV", "^HZ", "~JA", "~JB", "^JB", "~JC", "~JD", "~JE", "^JI", "~JI", "^JJ",
            "~JL", "^JM", "~JR", "^JS", "~JS", "^JT", "^JU", "^JW", "^JZ", "^KD", "^KL", "^KN", "^KP", "^LF", "^MA",
            "^MD", "^MF", "^MI", "^ML", "^MM", "^MN", "^MP", "^MT", "^MW", "^NB", "^NC", "~NC", "^ND", "^NI", "~NR",
            "^NS", "^NT", "~NT", "^PA", "^PF", "^PH", "~PH", "^PP", "~PP", "^PR", "~PR", "~PS", "^RB", "^RF", "~RO",
            "^RS", "^RW", "^RZ", "^SD", "~SD", "^SE", "^SI", "^SL", "^SP", "^SQ", "^SR", "^SS", "^ST", "^SX", "^SZ",
            "~TA", "^TO", "~WC", "^WD", "^XB", "^XS", "^ZZ");
    private static final int MOST_COPIES = 99_999_999;

    private final Settings settings;
    private final Warnings warnings;

    SettingCommands(Settings settings, Warnings warnings) {
        this.settings = settings;
        this.warnings = warnings;
    }

    /** @return whether the command is one of these */
    boolean run(Command c) {
        Params p = c.params();
        switch (c.name()) {
            case "^LH" -> settings.home(p.whole(0, settings.homeX), p.whole(1, settings.homeY));
            case "^LT" -> settings.top = p.whole(0, 0, -120, 120);
            case "^LS" -> settings.shiftLeft = p.whole(0, 0, -9_999, 9_999);
            case "^LL" -> settings.height(p.whole(0, 0));
            case "^PW" -> settings.width(p.whole(0, 0));
            case "^LR" -> settings.reversed = p.yes(0, settings.reversed);
            case "^PO" -> settings.upsideDown = p.letter(0, 'N') == 'I';
            case "^PM" -> settings.mirrored = p.yes(0, false);
            case "^PQ" -> quantity(c, p);
            case "^MU" -> settings.units = Units.of(p, settings.dpi);
            case "^MC" -> settings.keepFields = !p.yes(0, true);
            case "^FW" -> direction(p);
            case "^BY" -> settings.bars = settings.bars.with(p);
            case "^CI" -> codePage(c, p);
            case "^CF" -> defaultFont(c, p);
            case "^CW" -> settings.assigned.put(p.letter(0, ' '), p.text(1, ""));
            default -> {
                return NO_INK.contains(c.name());
            }
        }
        return true;
    }

    private void quantity(Command c, Params p) {
        settings.copies = p.whole(0, 1, 1, MOST_COPIES);
        if (settings.copies > 1) {
            warnings.add(c, "asks for " + settings.copies + " copies; copies that are alike are one page");
        }
    }

    private void direction(Params p) {
        settings.rotation = p.rotation(0, settings.rotation);
        settings.rightAligned = p.has(1) ? p.whole(1, 0) == 1 : settings.rightAligned;
    }

    private void codePage(Command c, Params p) {
        int number = p.whole(0, 0);
        if (!CodePage.known(number) || p.has(1)) {
            warnings.add(c, "this character set or its changes are read as code page 850");
        }
        settings.page = CodePage.of(number);
    }

    private void defaultFont(Command c, Params p) {
        settings.font = settings.known(p.letter(0, settings.font), c, warnings);
        if (p.has(1) || p.has(2)) {
            settings.fontHeight = p.whole(1, 0);
            settings.fontWidth = p.whole(2, 0);
        }
    }
}
