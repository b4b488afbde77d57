package org.hemei.workorder.open311;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where the interface is and what it speaks (Open311 Service Discovery). */
@RestController
@Tag(name = "Open311")
class Discovery {

    private static final DateTimeFormatter CHANGED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final ObjectProvider<BuildProperties> build;

    Discovery(ObjectProvider<BuildProperties> build) {
        this.build = build;
    }

    @GetMapping("/open311/discovery.{format:[a-z]+}")
    @Operation(summary = "接口在哪里", description = "Service Discovery")
    ResponseEntity<byte[]> discovery(@PathVariable String format) {
        var here = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        var changed = changed();
        return GeoReport.open(
                format,
                Node.group(
                        "discovery",
                        Node.value("changeset", changed),
                        Node.value("contact", "接口说明：" + here + "/docs/api"),
                        Node.value("key_service", "请单位联系本市的系统管理员登记对接程序，由保管人领令牌：" + here + "/me/integrations"),
                        new Node.Many(
                                "endpoints",
                                List.of(Node.group(
                                        "endpoint",
                                        Node.value("specification", "http://wiki.open311.org/GeoReport_v2"),
                                        Node.value("url", here + "/open311/v2"),
                                        Node.value("changeset", changed),
                                        Node.value("type", "production"),
                                        new Node.Many(
                                                "formats",
                                                List.of(
                                                        Node.value("format", "text/xml"),
                                                        Node.value("format", "application/json"))))))));
    }

    /** The interface changes with the software. */
    private String changed() {
        var known = build.getIfAvailable();
        var at = known == null || known.getTime() == null ? Instant.EPOCH : known.getTime();
        return CHANGED.format(at.atZone(CivilTime.ZONE));
    }
}
