package org.hemei.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;

/** What the description of the interface says of every call alike: who may, what can go wrong, which headers there are. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    static final String TOKEN = "token";

    private static final String ABOUT = """
            小区的事，别的单位的程序也能办：看工单，点单，和工单上的每一种办理。办的事和在页面上办的一样，规矩也一样。

            每次请求带令牌：Authorization: Bearer hemei_…。令牌由系统管理员登记、安全管理员核准，再由保管人领。
            每件要办的事带一个新的 Idempotency-Key；没收到回答就用原来的再发一次，只会办一次。
            办一张单时写明读到的版本（If-Match 或 version）；有人先办了，会告诉您是谁、什么时候。
            时间都是 UTC（RFC 3339），日子都是北京时间。""";

    private static final Map<HttpStatus, String> PROBLEMS = new LinkedHashMap<>();

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Reader.class);
        PROBLEMS.put(HttpStatus.BAD_REQUEST, "请求看不懂");
        PROBLEMS.put(HttpStatus.UNAUTHORIZED, "没有令牌，或令牌不对、到期、作废了");
        PROBLEMS.put(HttpStatus.FORBIDDEN, "令牌没有这一项");
        PROBLEMS.put(HttpStatus.NOT_FOUND, "没有，或不归您看");
        PROBLEMS.put(HttpStatus.CONFLICT, "有人先办了（version 写在请求体里时）");
        PROBLEMS.put(HttpStatus.PRECONDITION_FAILED, "有人先办了（用 If-Match 时）");
        PROBLEMS.put(HttpStatus.UNPROCESSABLE_CONTENT, "还不能这样办；errors 里写着每一项哪里不对。同一个 Idempotency-Key 换了内容也是它");
        PROBLEMS.put(HttpStatus.PRECONDITION_REQUIRED, "没说是哪个版本");
        PROBLEMS.put(HttpStatus.TOO_MANY_REQUESTS, "太快了；Retry-After 秒后再来");
    }

    @Bean
    @Lazy
    OpenAPI interfaceForPrograms() {
        return new OpenAPI()
                .info(new Info()
                        .title("和美 接口")
                        .version("v1")
                        .description(ABOUT)
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("这个网站")))
                .components(components());
    }

    private static Components components() {
        var components = new Components()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("对接程序的令牌，见“我的 · 我保管的令牌”"))
                .addSchemas("Problem", problem());
        PROBLEMS.forEach((status, words) -> {
            var response = new ApiResponse()
                    .description(words)
                    .content(new Content()
                            .addMediaType(
                                    "application/problem+json",
                                    new MediaType().schema(new Schema<Object>().$ref("#/components/schemas/Problem"))));
            if (status == HttpStatus.TOO_MANY_REQUESTS) {
                response.addHeaderObject(
                        "Retry-After", new Header().description("等几秒").schema(new IntegerSchema()));
            }
            components.addResponses(name(status), response);
        });
        return components;
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457。哪里不对，现在该怎么办")
                .addProperty(
                        "type",
                        new StringSchema().example("urn:hemei:problem:refused").description("没有就是 about:blank"))
                .addProperty("title", new StringSchema().example("还不能这样办"))
                .addProperty("status", new IntegerSchema().example(422))
                .addProperty("detail", new StringSchema().example("还没写不予受理的理由。"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .description("每一项哪里不对")
                                .items(new ObjectSchema()
                                        .addProperty("field", new StringSchema().example("reason"))
                                        .addProperty("words", new StringSchema().example("还没写不予受理的理由。"))))
                .addProperty("reference", new StringSchema().description("我们的错才有：日志里的编号"));
    }

    private static String name(HttpStatus status) {
        return "Problem" + status.value();
    }

    /** @param converters asked for, so that they are there before the first document is made (see {@link ApiDescription}) */
    @Bean
    @Lazy
    GlobalOpenApiCustomizer everyCallAlike(ModelConverterRegistrar converters) {
        return document -> document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        operation.setOperationId(id(path, method));
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getSchema() == null)
                    .forEach(parameter -> parameter.schema(new StringSchema()));
        }
        if (!path.startsWith("/api/")) {
            operation.setResponses(otherFormats());
            return;
        }
        operation.setSecurity(List.of(new SecurityRequirement().addList(TOKEN)));
        var writes = method != HttpMethod.GET;
        var once = writes && hasBody(operation);
        var onOne = once && path.matches("/api/v1/(orders|incidents)/\\{id}/.+");
        if (once) {
            operation.addParametersItem(new HeaderParameter()
                    .name("Idempotency-Key")
                    .required(true)
                    .description("每件事一个新的，8 到 80 个字符；重试用原来的")
                    .schema(new StringSchema().minLength(8).maxLength(80))
                    .example("5f0c6c1e-4b7a-4d0e-9a57-0f3c2f1d9b11"));
        }
        if (onOne) {
            operation.addParametersItem(new HeaderParameter()
                    .name("If-Match")
                    .required(false)
                    .description("读到的 ETag；不写就在请求体里写 version")
                    .schema(new StringSchema())
                    .example("\"3\""));
        }
        PROBLEMS.keySet().stream()
                .filter(status -> applies(status, writes, onOne))
                .forEach(status -> operation
                        .getResponses()
                        .addApiResponse(
                                String.valueOf(status.value()),
                                new ApiResponse().$ref("#/components/responses/" + name(status))));
    }

    /** An interface by somebody else's specification, which has its own words for what it answers. */
    private static ApiResponses otherFormats() {
        var text = new MediaType().schema(new StringSchema());
        return new ApiResponses()
                .addApiResponse(
                        "200",
                        new ApiResponse()
                                .description("按它的规范，XML 或 JSON")
                                .content(new Content()
                                        .addMediaType("text/xml", text)
                                        .addMediaType("application/json", text)));
    }

    private static boolean hasBody(Operation operation) {
        var body = operation.getRequestBody();
        return body != null
                && body.getContent() != null
                && (body.getContent().containsKey("application/json")
                        || body.getContent().containsKey("multipart/form-data"));
    }

    private static boolean applies(HttpStatus status, boolean writes, boolean onOne) {
        return switch (status) {
            case CONFLICT, PRECONDITION_FAILED, PRECONDITION_REQUIRED -> onOne;
            case UNPROCESSABLE_CONTENT -> true;
            default -> writes || status != HttpStatus.CONFLICT;
        };
    }

    /** The same whatever order the classes are read in: getOrdersId, postOrdersIdAccept. */
    private static String id(String path, HttpMethod method) {
        var id = new StringBuilder(method.name().toLowerCase(java.util.Locale.ROOT));
        for (var word : path.replaceFirst("^/api/v1", "").split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return id.toString();
    }
}
