package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** What we make ourselves is PDF/A-2b by veraPDF's judgement, and the same bytes from any JVM. */
class ArchivalPdfTest {
    private static final Labels LABELS = SharedLabels.get();

    @BeforeAll
    static void start() {
        VeraGreenfieldFoundryProvider.initialise();
    }

    private record Sample(String name, LabelSource source) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String TEXT =
            """
            <html><head><title>Label</title><style>@page{margin:4mm} b{color:#c00}</style></head><body>
            <h1>Łódź</h1><b>bold</b> <i>italic</i> <tt>mono</tt> <span style='font-family:serif'>serif</span>
            <p dir=rtl>שלום مرحبا</p>送货地址 東京 서울<a href='http://example.org'>link</a> ☎<hr><ul><li>one</li></ul></body></html>""";

    private static Sample sample(String name, byte[] data, String size) {
        return new Sample(name, LabelSource.of(data, null, size));
    }

    static Stream<Sample> samples() {
        byte[] page = "<html><body><img src='a.gif'></body></html>".getBytes(StandardCharsets.UTF_8);
        byte[] sheet = "<html><body>x<img src='a.png'></body></html>".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                sample("UPS GIF", Samples.upsGif(), "4x6in"),
                sample("colour PNG", Samples.image("png", 812, 1218, java.awt.Color.RED), "4x6in"),
                sample("JPEG", Samples.image("jpg", 812, 1218), "4x6in"),
                sample("TIFF", Samples.image("tiff", 812, 1218), "4x6in"),
                sample("HTML", TEXT.getBytes(StandardCharsets.UTF_8), "4x6in"),
                new Sample(
                        "UPS page",
                        new LabelSource(page, null, "4x6in", Map.of("a.gif", Samples.upsGif()), LabelOptions.DEFAULTS)),
                new Sample(
                        "HTML with picture",
                        new LabelSource(
                                sheet,
                                null,
                                "A4",
                                Map.of("a.png", Samples.image("png", 400, 600)),
                                new LabelOptions(true, 203))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isPdfA(Sample sample) throws Exception {
        assertThat(violations(LABELS.convert(sample.source()).bytes())).isEmpty();
    }

    @Test
    void mergedFromOurOwnIsPdfA() throws Exception {
        byte[] one = LABELS.convert(LabelSource.of(Samples.upsGif())).bytes();
        byte[] slip = LABELS.htmlToPdf("<h1>Packing slip</h1>", "A5");

        assertThat(violations(LABELS.merge(List.of(one, slip)))).isEmpty();
    }

    @Test
    void sameBytesFromAnotherJvm() {
        List<byte[]> here =
                samples().map(s -> LABELS.convert(s.source()).bytes()).toList();
        byte[] merged = LABELS.merge(here);

        try (Labels others = new Labels(1)) {
            List<byte[]> there =
                    samples().map(s -> others.convert(s.source()).bytes()).toList();

            assertThat(there).usingElementComparator(java.util.Arrays::compare).isEqualTo(here);
            assertThat(others.merge(there)).isEqualTo(merged);
        }
    }

    private static String violations(byte[] pdf) throws Exception {
        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_2_B);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_B, false)) {
            ValidationResult result = validator.validate(parser);
            return result.isCompliant()
                    ? ""
                    : result.getTestAssertions().stream()
                            .map(a -> a.getRuleId() + " " + a.getMessage())
                            .distinct()
                            .collect(Collectors.joining("\n", "not compliant\n", ""));
        }
    }
}
