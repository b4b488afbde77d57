package org.hemei.platform.webhook;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A webhook of the near side's district. */
@Component
class WebhookThings implements RoomThings {

    private final WebhookDesk desk;
    private final JdbcClient jdbc;

    WebhookThings(WebhookDesk desk, JdbcClient jdbc) {
        this.desk = desk;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        if (name.equals("$webhook")) {
            // a district may have so many: those of earlier calls make room
            jdbc.sql("delete from webhook where area = ? and id < (select max(id) - 5 from webhook)")
                    .param(String.valueOf(town.near().district()))
                    .update();
        }
        return name.equals("$webhook")
                ? Optional.of(desk.create(
                        town.near().districtDesk(),
                        UUID.randomUUID().toString(),
                        new WebhookDesk.Wanted(
                                "区城运中心",
                                "https://1.1.1.1/hook",
                                String.valueOf(town.near().district()),
                                List.of("work_order.submit"))))
                : Optional.empty();
    }
}
