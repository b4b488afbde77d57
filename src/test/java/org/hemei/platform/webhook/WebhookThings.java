package org.hemei.platform.webhook;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A webhook of the near side's district. */
@Component
class WebhookThings implements RoomThings {

    private final WebhookDesk desk;

    WebhookThings(WebhookDesk desk) {
        this.desk = desk;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
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
