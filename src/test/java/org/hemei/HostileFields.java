package org.hemei;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.workorder.desk.OrderSheet;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;

/** What a route reads from a request, told by the parameters of its method, and by the route table for free forms. */
final class HostileFields {

    enum Kind {
        PATH,
        PARAM,
        HEADER,
        JSON,
        FILE
    }

    record Field(Kind kind, String name) {}

    /** The forms that controllers read by name, out of a map; a GET shows the form with what the address says. */
    private static final Map<String, List<Field>> FREE = RouteTable.read().lines().stream()
            .filter(line -> line.note("reads").isPresent())
            .collect(Collectors.toMap(
                    RouteTable.Line::path,
                    line -> Arrays.stream(line.note("reads").orElseThrow().split("\\s+"))
                            .map(name -> new Field(Kind.PARAM, name))
                            .toList(),
                    // a list and the form that adds to it may have one path: each is tried with the fields of both
                    (some, others) -> Stream.concat(some.stream(), others.stream())
                            .distinct()
                            .toList()));

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)");

    private HostileFields() {}

    /** @throws IllegalStateException for a parameter that nobody here knows how to fill badly */
    static List<Field> of(String method, String path, HandlerMethod handler) {
        var fields = new ArrayList<Field>();
        for (var parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            fields.addAll(read(path, parameter));
        }
        if (method.equals("GET")) {
            // every page's frame reads these
            fields.add(new Field(Kind.PARAM, "done"));
            fields.add(new Field(Kind.PARAM, "care"));
        }
        return fields.stream().distinct().toList();
    }

    private static List<Field> read(String path, MethodParameter parameter) {
        var type = parameter.getParameterType();
        var param = parameter.getParameterAnnotation(RequestParam.class);
        var variable = parameter.getParameterAnnotation(PathVariable.class);
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        if (variable != null) {
            return List.of(new Field(Kind.PATH, name(variable.name(), parameter)));
        }
        if (header != null) {
            return List.of(new Field(Kind.HEADER, name(header.name(), parameter)));
        }
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return components(Kind.JSON, type);
        }
        if (param != null && Map.class.isAssignableFrom(type)) {
            return named(path);
        }
        if (isFile(parameter)) {
            return List.of(new Field(Kind.FILE, name(param == null ? "" : param.name(), parameter)));
        }
        if (param != null) {
            return List.of(new Field(Kind.PARAM, name(param.name(), parameter)));
        }
        if (type == OrderSheet.class) {
            return sheet(path);
        }
        var given = List.of(Reader.class, Model.class, WebRequest.class);
        if (given.contains(type)
                || ServletRequest.class.isAssignableFrom(type)
                || ServletResponse.class.isAssignableFrom(type)) {
            return List.of();
        }
        return components(Kind.PARAM, type);
    }

    /** A form of an order: the places of its address, and what it reads. */
    private static List<Field> sheet(String path) {
        var fields = new ArrayList<>(named(path));
        PLACE.matcher(path).results().forEach(place -> fields.add(new Field(Kind.PATH, place.group(1))));
        return fields;
    }

    private static List<Field> named(String path) {
        var names = FREE.get(path);
        if (names == null) {
            throw new IllegalStateException(
                    path + " reads a free form; name its fields with reads: below its line in routes/");
        }
        return names;
    }

    private static boolean isFile(MethodParameter parameter) {
        return parameter.nested().getNestedParameterType() == MultipartFile.class
                || parameter.getParameterType() == MultipartFile.class;
    }

    private static List<Field> components(Kind kind, Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalStateException("what is " + type + " filled with?");
        }
        return Arrays.stream(type.getRecordComponents())
                .map(component -> new Field(kind, component.getName()))
                .toList();
    }

    private static String name(String given, MethodParameter parameter) {
        return given.isEmpty() ? String.valueOf(parameter.getParameterName()) : given;
    }
}
