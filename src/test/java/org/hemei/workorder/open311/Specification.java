package org.hemei.workorder.open311;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The documents of GeoReport v2: their schemas, the specification's own examples, and how XML becomes JSON (Spark convention). */
final class Specification {

    private Specification() {}

    static String example(String name) {
        try (var in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(Specification.class.getResourceAsStream("/open311/" + name), name);
    }

    /** @throws AssertionError with what is wrong with it */
    static void validate(String schema, String xml) {
        try {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(open(schema + ".xsd")))
                    .newValidator()
                    .validate(new StreamSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        } catch (SAXException e) {
            throw new AssertionError(e.getMessage() + "\n" + xml, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The JSON that belongs to an XML document. An element is a list when its name is that of a list in the specification; all
     * values are compared as text, because XML has nothing else.
     */
    static JsonNode spark(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return node(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode node(Element element) {
        var make = JsonNodeFactory.instance;
        var list = element.getTagName().matches("services|service_requests|attributes|values|errors|endpoints|formats");
        var array = make.arrayNode();
        var object = make.objectNode();
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                array.add(node(inner));
                object.set(inner.getTagName(), node(inner));
            }
        }
        if (list) {
            return array;
        }
        var text = element.getTextContent().strip();
        return object.isEmpty() ? (text.isEmpty() ? make.nullNode() : make.stringNode(text)) : object;
    }

    /** The same document with every value as text. */
    static JsonNode asText(String json) {
        return text(new JsonMapper().readTree(json));
    }

    private static JsonNode text(JsonNode node) {
        var make = JsonNodeFactory.instance;
        if (node.isArray()) {
            var array = make.arrayNode();
            node.valueStream().map(Specification::text).forEach(array::add);
            return array;
        }
        if (node.isObject()) {
            var object = make.objectNode();
            node.propertyStream().forEach(p -> object.set(p.getKey(), text(p.getValue())));
            return object;
        }
        var text = node.isNull() ? "" : node.asString().strip();
        return text.isEmpty() ? make.nullNode() : make.stringNode(text);
    }
}
