package io.waybill.label;

/** What a label may cost. Each is several times the largest of the real labels seen; src/docs/labels.md lists them. */
final class Limits {
    /** Bytes as received, Base64 included. */
    static final int ENCODED_BYTES = 28 << 20;
    /** Bytes of the label itself, after Base64 and gzip. */
    static final int LABEL_BYTES = 20 << 20;
    /** What all compressed parts of one label may inflate to; the largest real one reaches 11.6 MB. */
    static final long INFLATED_BYTES = 100L << 20;

    static final long PIXELS = 40_000_000;
    /** Bytes of one decoded picture. */
    static final long RASTER_BYTES = 160L << 20;

    static final int PAGES = 200;
    static final int MERGED_PAGES = 1000;
    static final int TIFF_PAGES = 50;
    static final int HTML_PAGES = 50;
    static final int HTML_ELEMENTS = 10_000;
    static final int HTML_TAGS = 40_000;
    static final int HTML_DEPTH = 100;
    static final int HTML_TABLE_DEPTH = 20;
    static final int HTML_TEXT = 50_000;
    static final int HTML_STYLE = 200_000;
    static final int HTML_SPAN = 100;
    static final int PDF_OBJECTS = 200_000;

    /** Above these a label is converted in a child JVM, which may be killed. */
    static final int TRUSTED_BYTES = 4 << 20;

    /** The largest real ZPL has 0.2 MB. */
    static final int TRUSTED_ZPL = 512 << 10;

    static final int TRUSTED_BARCODES = 200;
    static final long TRUSTED_PIXELS = 4_000_000;
    static final long TRUSTED_INFLATED = 24L << 20;

    private Limits() {}
}
