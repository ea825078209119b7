package io.waybill.label.zpl;

/**
 * One command as it stands in the text.
 *
 * @param name prefix normalised to ^ or ~, two letters in upper case ({@code ^FO}), {@code ^A} alone for fonts
 * @param args all up to the next command, line breaks removed
 * @param delimiter what parts the parameters
 * @param position offset of its prefix in the input
 */
record Command(String name, String args, char delimiter, int position) {

    Params params() {
        return new Params(args, delimiter);
    }

    /** For messages: never holds the data of the label. */
    String where() {
        return name + " at " + position;
    }
}
