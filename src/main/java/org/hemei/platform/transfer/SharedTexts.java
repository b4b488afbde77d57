package org.hemei.platform.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A cell of an .xlsx can name its text by number in the list of shared texts. The library trusts that number and, past the end
 * of the list, fills its memory up to it: a file of a few kilobytes would stop the application. So every number is looked at
 * before the library reads.
 */
final class SharedTexts {

    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private SharedTexts() {}

    /**
     * Which part is the list and which are sheets the file says itself, so no name is trusted: the longest list of all parts
     * counts, and every part is looked at as if it were a sheet.
     *
     * @throws org.hemei.platform.Refusal when a cell names a text that is not there, or a part is no XML
     */
    static void check(Path file) {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            var parts = zip.stream().filter(part -> !part.isDirectory()).toList();
            long texts = 0;
            for (var part : parts) {
                // sheets may be long; a list is not, as ZipGuard saw
                if (xml(part) && !part.getName().toLowerCase(Locale.ROOT).startsWith("xl/worksheets/")) {
                    texts = Math.max(texts, count(zip.getInputStream(part)));
                }
            }
            for (var part : parts) {
                try {
                    within(texts, zip.getInputStream(part));
                } catch (XMLStreamException e) {
                    if (xml(part)) {
                        throw ZipGuard.broken();
                    }
                }
            }
        } catch (IOException | XMLStreamException | NumberFormatException e) {
            throw ZipGuard.broken();
        }
    }

    private static boolean xml(ZipEntry part) {
        return part.getName().toLowerCase(Locale.ROOT).endsWith(".xml");
    }

    private static long count(InputStream part) throws IOException, XMLStreamException {
        long texts = 0;
        try (part) {
            var xml = XML.createXMLStreamReader(part);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("si")) {
                    texts++;
                }
            }
        }
        return texts;
    }

    private static void within(long texts, InputStream part) throws IOException, XMLStreamException {
        try (part) {
            var xml = XML.createXMLStreamReader(part);
            var shared = false;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("c")) {
                    shared = "s".equals(xml.getAttributeValue(null, "t"));
                } else if (shared && xml.getLocalName().equals("v") && !named(xml, texts)) {
                    throw ZipGuard.broken();
                }
            }
        }
    }

    private static boolean named(XMLStreamReader cell, long texts) throws XMLStreamException {
        var number = Long.parseLong(cell.getElementText().strip());
        return number >= 0 && number < texts;
    }
}
