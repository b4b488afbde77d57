package org.hemei.platform.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Which part of an .xlsx has which sheet. Their numbers need not agree: some programs keep the names of parts when sheets change places. */
final class SheetParts {

    private static final String RELATIONS = "xl/_rels/workbook.xml.rels";

    private SheetParts() {}

    /** @return for each relation of the workbook the name of its part, such as {@code xl/worksheets/sheet3.xml} */
    static Map<String, String> of(Path file) {
        var parts = new HashMap<String, String>();
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            var entry = zip.getEntry(RELATIONS);
            if (entry == null) {
                return parts;
            }
            try (var in = zip.getInputStream(entry)) {
                var reader = reader().createXMLStreamReader(in);
                while (reader.hasNext()) {
                    if (reader.next() == XMLStreamConstants.START_ELEMENT
                            && reader.getLocalName().equals("Relationship")) {
                        var id = reader.getAttributeValue(null, "Id");
                        var target = reader.getAttributeValue(null, "Target");
                        if (id != null && target != null) {
                            parts.put(id, target.startsWith("/") ? target.substring(1) : "xl/" + target);
                        }
                    }
                }
            }
            return parts;
        } catch (IOException | XMLStreamException e) {
            throw ZipGuard.broken();
        }
    }

    private static XMLInputFactory reader() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
