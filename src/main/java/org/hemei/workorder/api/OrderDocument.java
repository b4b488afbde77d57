package org.hemei.workorder.api;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.incident.IncidentId;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What the description of the interface says of orders: how their ids look. */
@Configuration(proxyBeanMethods = false)
class OrderDocument {

    private static final String ID = "340111-20412";

    /** The order in which somebody new reads: what there is, then who does what with it. */
    private static final List<String> TAGS =
            List.of("工单", "社区", "处理单位", "居民", "多方助力", "时限", "退单和移交", "督办", "群体通知", "照片", "可选的", "Open311");

    static {
        SpringDocUtils.getConfig().replaceWithClass(OrderId.class, String.class);
        SpringDocUtils.getConfig().replaceWithClass(IncidentId.class, String.class);
    }

    @Bean
    @Lazy
    GlobalOpenApiCustomizer orderIds() {
        return document -> {
            document.getPaths().forEach((path, item) -> {
                if (path.startsWith("/api/v1/incidents/{id}")) {
                    item.readOperations()
                            .forEach(operation -> parameters(operation.getParameters()).stream()
                                    .filter(one -> one.getName().equals("id"))
                                    .forEach(one -> one.description("通知的编号").example("340111-12")));
                }
                if (path.startsWith("/api/v1/orders/{id}")) {
                    item.readOperations()
                            .forEach(operation -> parameters(operation.getParameters()).stream()
                                    .filter(one -> one.getName().equals("id"))
                                    .forEach(one -> one.description("工单的编号").example(ID)));
                }
            });
            document.setTags(document.getTags().stream()
                    .sorted(Comparator.comparingInt(tag -> rank(tag.getName())))
                    .toList());
        };
    }

    private static int rank(String tag) {
        var at = TAGS.indexOf(tag);
        return at < 0 ? TAGS.size() : at;
    }

    private static List<Parameter> parameters(List<Parameter> known) {
        return Objects.requireNonNullElse(known, List.of());
    }
}
