package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Every document is PDF/A-2b and the same bytes each time, whichever thread makes it. */
class ZplArchivalTest {
    private static final String MIXED = "^XA^CI28^FO50,50^A0N,40^FDŁódź ½ 90° 西瓜^FS^FO50,150^GB99,99,50^FS"
            + "^FO80,120^FR^AAN,90^FDRev^FS^FO300,300^GC90,9^FS^FO50,400^BY2^BCN,80^FDABC^FS"
            + "^FO400,400^GFA,8,8,2,FFFF80018001FFFF^FS^FO50,600^GS,50^FDABCDE^FS^FO400,600^BD4^FDmaxi^FS^XZ";

    @BeforeAll
    static void startValidator() {
        VeraGreenfieldFoundryProvider.initialise();
    }

    @ParameterizedTest
    @ValueSource(strings = {MIXED, "^XA^FO9,9^GB9,9,9^FS^XZ", MIXED + "^XA^FO9,9^ABN,20^FDtwo^FS^XZ"})
    void isPdfA(String zpl) throws Exception {
        byte[] pdf = Zpl.render(zpl, ZplOptions.FOUR_BY_SIX).pdf();

        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_2_B);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_B, false)) {
            ValidationResult result = validator.validate(parser);

            List<String> problems = result.getTestAssertions().stream()
                    .filter(a -> a.getStatus() == TestAssertion.Status.FAILED)
                    .map(TestAssertion::getMessage)
                    .toList();
            assertThat(problems).isEmpty();
            assertThat(result.isCompliant()).isTrue();
        }
    }

    @Test
    void manyThreadsMakeTheSameBytes() throws Exception {
        byte[] alone = Zpl.render(MIXED, ZplOptions.FOUR_BY_SIX).pdf();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<byte[]> one =
                    () -> Zpl.render(MIXED, ZplOptions.FOUR_BY_SIX).pdf();
            List<Future<byte[]>> all =
                    threads.invokeAll(IntStream.range(0, 40).mapToObj(i -> one).toList());
            for (Future<byte[]> made : all) {
                assertThat(made.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
