package org.hemei.platform.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.hemei.platform.web.ApiView.Answer;
import org.hemei.platform.web.ApiView.Call;
import org.hemei.platform.web.ApiView.Field;
import org.hemei.platform.web.ApiView.Group;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads an OpenAPI document into what its page shows. */
final class ApiReading {

    private static final int DEEPEST = 6;
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final JsonMapper PRETTY = JsonMapper.builder()
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private final JsonNode document;
    private final String base;

    /** @param base where the interface is, for the examples */
    ApiReading(JsonNode document, String base) {
        this.document = document;
        this.base = base;
    }

    /** @param q only calls in whose path, summary or description it stands; empty for all */
    ApiView read(String q) {
        Map<String, List<Call>> calls = new LinkedHashMap<>();
        // in the order in which the document names its parts
        document.path("tags")
                .valueStream()
                .forEach(tag -> calls.put(tag.path("name").asString(""), new ArrayList<>()));
        document.path("paths")
                .propertyStream()
                .flatMap(path -> METHODS.stream()
                        .filter(method -> path.getValue().has(method))
                        .map(method -> Map.entry(
                                tag(path.getValue().get(method)),
                                call(path.getKey(), method, path.getValue().get(method)))))
                .filter(found -> matches(found.getValue(), q))
                .forEach(found -> calls.computeIfAbsent(found.getKey(), tag -> new ArrayList<>())
                        .add(found.getValue()));
        var groups = new ArrayList<Group>();
        calls.forEach((tag, of) -> {
            if (!of.isEmpty()) {
                groups.add(new Group("g-" + groups.size(), tag, tagWords(tag), List.copyOf(of)));
            }
        });
        var info = document.path("info");
        return new ApiView(
                info.path("title").asString(""),
                paragraphs(info.path("description").asString("")),
                groups);
    }

    private static boolean matches(Call call, String q) {
        var text = (call.path() + " " + call.summary() + " " + String.join(" ", call.words())).toLowerCase(Locale.ROOT);
        return Stream.of(q.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
    }

    private static String tag(JsonNode operation) {
        return operation.path("tags").path(0).asString("别的");
    }

    private String tagWords(String tag) {
        return document.path("tags")
                .valueStream()
                .filter(one -> one.path("name").asString("").equals(tag))
                .map(one -> one.path("description").asString(""))
                .findFirst()
                .orElse("");
    }

    private static List<String> paragraphs(String text) {
        return Stream.of(text.split("\\n+"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private Call call(String path, String method, JsonNode operation) {
        var bodies = operation.path("requestBody").path("content");
        var body = bodies.propertyStream().findFirst().orElse(null);
        var schema = body == null ? null : resolved(body.getValue().path("schema"));
        var parameters =
                operation.path("parameters").valueStream().map(this::resolved).toList();
        return new Call(
                operation.path("operationId").asString(method + path),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(path),
                paragraphs(operation.path("description").asString("")),
                !operation.path("security").isEmpty(),
                parameters.stream().map(this::parameter).toList(),
                schema == null ? List.of() : fields(schema),
                answer(operation),
                answers(operation),
                curl(path, method, operation, parameters, body));
    }

    private Field parameter(JsonNode parameter) {
        return new Field(
                parameter.path("name").asString(""),
                switch (parameter.path("in").asString("")) {
                    case "path" -> "地址";
                    case "header" -> "请求头";
                    default -> "参数";
                },
                type(parameter.path("schema")),
                parameter.path("required").asBoolean(false),
                withExample(parameter.path("description").asString(""), parameter.path("example")));
    }

    private List<Field> fields(JsonNode schema) {
        var needed =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        return schema.path("properties")
                .propertyStream()
                .map(property -> new Field(
                        property.getKey(),
                        "",
                        type(property.getValue()),
                        needed.contains(property.getKey()),
                        withExample(
                                property.getValue().path("description").asString(""),
                                property.getValue().path("example"))))
                .toList();
    }

    private static String withExample(String words, JsonNode example) {
        if (example.isMissingNode() || example.isNull()) {
            return words;
        }
        var shown = example.isString() ? example.asString() : example.toString();
        return words.isEmpty() ? "如 " + shown : words + "。如 " + shown;
    }

    private String type(JsonNode schema) {
        var ref = schema.path("$ref").asString("");
        if (!ref.isEmpty()) {
            return ref.substring(ref.lastIndexOf('/') + 1);
        }
        var kind = kind(schema);
        if (kind.equals("array")) {
            return type(schema.path("items")) + " 的列表";
        }
        return switch (schema.path("format").asString(kind)) {
            case "date-time" -> "时间";
            case "date" -> "日子";
            case "int32", "int64", "integer" -> "整数";
            case "number", "double" -> "数";
            case "boolean" -> "是否";
            case "binary" -> "文件";
            case "uuid" -> "编号";
            default -> "文字";
        };
    }

    /** In OpenAPI 3.1 a type may be a list, with null for what may be missing. */
    private static String kind(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray()
                ? type.valueStream()
                        .map(JsonNode::asString)
                        .filter(one -> !one.equals("null"))
                        .findFirst()
                        .orElse("")
                : type.asString("");
    }

    private JsonNode resolved(JsonNode node) {
        var ref = node.path("$ref").asString("");
        return ref.startsWith("#/") ? document.at(ref.substring(1)) : node;
    }

    private @Nullable String answer(JsonNode operation) {
        return operation
                .path("responses")
                .propertyStream()
                .filter(response -> response.getKey().startsWith("2"))
                .flatMap(response -> response.getValue().path("content").propertyStream())
                .filter(content -> content.getKey().contains("json"))
                .map(content -> example(content.getValue().path("schema"), 0))
                .filter(example -> example.isObject() && !example.isEmpty())
                .map(PRETTY.writerWithDefaultPrettyPrinter()::writeValueAsString)
                .findFirst()
                .orElse(null);
    }

    private List<Answer> answers(JsonNode operation) {
        return operation
                .path("responses")
                .propertyStream()
                .map(response -> new Answer(
                        response.getKey(),
                        response.getKey().startsWith("2")
                                ? "办好了"
                                : resolved(response.getValue())
                                        .path("description")
                                        .asString("")))
                .toList();
    }

    private JsonNode example(JsonNode node, int depth) {
        var schema = resolved(node);
        if (schema.has("example")) {
            return schema.get("example");
        }
        var make = JsonNodeFactory.instance;
        return switch (kind(schema)) {
            case "array" -> {
                var array = make.arrayNode();
                yield depth > DEEPEST ? array : array.add(example(schema.path("items"), depth + 1));
            }
            case "boolean" -> make.booleanNode(true);
            case "integer", "number" -> make.numberNode(1);
            case "string" ->
                make.stringNode(
                        switch (schema.path("format").asString("")) {
                            case "date-time" -> "2026-11-23T06:05:00Z";
                            case "date" -> "2026-11-23";
                            case "uuid" -> "0b9d5b5e-7c55-4a8e-8f0e-3a1f0c6f2f10";
                            default -> "…";
                        });
            default -> {
                var object = make.objectNode();
                if (depth <= DEEPEST) {
                    schema.path("properties")
                            .propertyStream()
                            .forEach(
                                    property -> object.set(property.getKey(), example(property.getValue(), depth + 1)));
                }
                yield object;
            }
        };
    }

    private String curl(
            String path,
            String method,
            JsonNode operation,
            List<JsonNode> parameters,
            Map.@Nullable Entry<String, JsonNode> body) {
        var address = path;
        var lines = new ArrayList<String>();
        for (var parameter : parameters) {
            var example = parameter.path("example").asString("");
            if (parameter.path("in").asString("").equals("path") && !example.isEmpty()) {
                address = address.replace("{" + parameter.path("name").asString("") + "}", example);
            }
        }
        lines.add("curl" + (method.equals("get") ? "" : " -X " + method.toUpperCase(Locale.ROOT)) + " '" + base
                + address + "'");
        if (!operation.path("security").isEmpty()) {
            lines.add("-H \"Authorization: Bearer $TOKEN\"");
        }
        parameters.stream()
                .filter(one -> one.path("in").asString("").equals("header")
                        && one.path("required").asBoolean(false))
                .forEach(one -> lines.add("-H '" + one.path("name").asString("") + ": "
                        + one.path("example").asString("…") + "'"));
        if (body != null && body.getKey().contains("json")) {
            lines.add("-H 'Content-Type: application/json'");
            lines.add("-d '"
                    + JsonMapper.shared()
                            .writeValueAsString(example(body.getValue().path("schema"), 0)) + "'");
        } else if (body != null && body.getKey().startsWith("multipart")) {
            lines.add("-F 'file=@照片.jpg'");
        }
        return String.join(" \\\n  ", lines);
    }
}
