package org.hemei.workorder.open311;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The two formats of a document, by the ending of the address. */
enum Format {
    XML("text/xml;charset=utf-8"),
    JSON("application/json;charset=utf-8");

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final MediaType type;

    Format(String type) {
        this.type = MediaType.parseMediaType(type);
    }

    /** @throws GeoError for an ending that is neither */
    static Format of(String ending) {
        return switch (ending) {
            case "xml" -> XML;
            case "json" -> JSON;
            default -> throw GeoError.missing("只有 .xml 和 .json 两种格式。");
        };
    }

    MediaType type() {
        return type;
    }

    byte[] write(Node document) {
        return this == JSON ? MAPPER.writeValueAsBytes(plain(document)) : xml(document);
    }

    private static @Nullable Object plain(Node node) {
        return switch (node) {
            case Node.Value value -> value.value();
            case Node.Group group -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                group.parts().forEach(part -> fields.put(part.name(), plain(part)));
                yield fields;
            }
            case Node.Many many -> {
                List<@Nullable Object> items = new ArrayList<>();
                many.parts().forEach(part -> items.add(plain(part)));
                yield items;
            }
        };
    }

    private static byte[] xml(Node document) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = FACTORY.createXMLStreamWriter(bytes, "utf-8");
            out.writeStartDocument("utf-8", "1.0");
            write(out, document);
            out.writeEndDocument();
            out.close();
            return bytes.toByteArray();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(XMLStreamWriter out, Node node) throws XMLStreamException {
        out.writeStartElement(node.name());
        switch (node) {
            case Node.Value value -> {
                if (value.value() != null) {
                    out.writeCharacters(allowed(value.value().toString()));
                }
            }
            case Node.Group group -> {
                for (var part : group.parts()) {
                    write(out, part);
                }
            }
            case Node.Many many -> {
                for (var part : many.parts()) {
                    write(out, part);
                }
            }
        }
        out.writeEndElement();
    }

    /** XML 1.0 has no place for control characters, however they are written. */
    private static String allowed(String text) {
        return text.replaceAll("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", " ");
    }
}
