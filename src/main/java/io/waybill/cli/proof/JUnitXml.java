package io.waybill.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report that build servers read: one suite a file, one test case a case. */
public final class JUnitXml {
    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    public static void write(List<Proof> proofs, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, UTF_8)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            new JUnitXml(xml).suites(proofs);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void suites(List<Proof> proofs) throws XMLStreamException {
        Map<String, List<Proof>> byFile =
                proofs.stream().collect(Collectors.groupingBy(Proof::file, LinkedHashMap::new, Collectors.toList()));
        xml.writeStartDocument("UTF-8", "1.0");
        counted("testsuites", "waybill", proofs);
        for (Map.Entry<String, List<Proof>> suite : byFile.entrySet()) {
            counted("testsuite", suite.getKey(), suite.getValue());
            for (Proof proof : suite.getValue()) {
                testCase(proof);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void counted(String element, String name, List<Proof> proofs) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("name", name);
        attribute("tests", Integer.toString(proofs.size()));
        attribute(
                "failures", Long.toString(proofs.stream().filter(Proof::failed).count()));
        attribute("errors", "0");
    }

    private void testCase(Proof proof) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", proof.file());
        attribute("name", proof.name());
        attribute("file", proof.file());
        attribute("line", Integer.toString(proof.line()));
        for (Proof.Problem problem : proof.problems()) {
            xml.writeStartElement("failure");
            attribute("message", problem.message());
            xml.writeCharacters(proof.file() + ":" + problem.line());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no way to write most control characters. */
    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, value.replaceAll("[\\p{Cntrl}\\uFFFE\\uFFFF]", " "));
    }
}
