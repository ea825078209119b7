package io.waybill.label;

import io.waybill.label.pdf.SrgbProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;

/**
 * Makes a PDF of ours PDF/A-2b and the same bytes for the same input: no dates, one producer, an id out of the input's hash.
 */
final class ArchivalPdf {
    static final String PRODUCER = "Waybill labels " + Labels.VERSION;
    private static final String SRGB = "sRGB IEC61966-2.1";
    private static final String XMP =
            """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
            xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
            <pdf:Producer>%s</pdf:Producer><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="w"?>"""
                    .formatted(PRODUCER);

    private ArchivalPdf() {}

    static byte[] seal(PDDocument document, long id) throws IOException {
        document.setVersion(1.7f);
        PDMetadata metadata = new PDMetadata(document, new ByteArrayInputStream(XMP.getBytes(StandardCharsets.UTF_8)));
        document.getDocumentCatalog().setMetadata(metadata);
        PDOutputIntent intent = new PDOutputIntent(document, new ByteArrayInputStream(SrgbProfile.bytes()));
        intent.setInfo(SRGB);
        intent.setOutputConditionIdentifier(SRGB);
        intent.setOutputCondition(SRGB);
        intent.setRegistryName("http://www.color.org");
        document.getDocumentCatalog().setOutputIntents(List.of(intent));
        return save(document, id);
    }

    /** Bytes that depend on the document and the id alone. */
    static byte[] save(PDDocument document, long id) throws IOException {
        document.getDocument().getTrailer().removeItem(COSName.ID);
        PDDocumentInformation information = new PDDocumentInformation();
        information.setProducer(PRODUCER);
        document.setDocumentInformation(information);
        document.setDocumentId(id);
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        document.save(out);
        return out.toByteArray();
    }

    static boolean isOurs(PDDocument document) {
        return PRODUCER.equals(document.getDocumentInformation().getProducer())
                && document.getDocumentCatalog().getMetadata() != null;
    }

    /** Turns landscape pages by a quarter, as a viewer and a printer show them. */
    static boolean turn(PDDocument document) {
        boolean turned = false;
        for (PDPage page : document.getPages()) {
            PageView view = PageView.of(page);
            if (view.width() > view.height()) {
                page.setRotation((page.getRotation() + 90) % 360);
                turned = true;
            }
        }
        return turned;
    }
}
