package org.hemei.access;

import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.Notices;
import org.springframework.stereotype.Component;

/** Tells a resident, after the decision stands, what the community decided. */
@Component
class BindingNotices implements EventConsumer {

    private final Notices notices;
    private final Bindings bindings;

    BindingNotices(Notices notices, Bindings bindings) {
        this.notices = notices;
        this.bindings = bindings;
    }

    @Override
    public String name() {
        return "binding-notices";
    }

    @Override
    public void handle(List<Event> events) {
        for (var event : events) {
            switch (event.kind()) {
                case "binding.approved" -> tell(event, "房屋绑定通过了", "现在可以为它点单。", "/home");
                case "binding.refused" -> tell(event, "房屋绑定没通过", "原因写在“我的”里，改好可以再申请。", "/me");
                default -> {}
            }
        }
    }

    private void tell(Event event, String title, String words, String link) {
        var place = bindings.dwelling(event.body().path("unit").asLong())
                .map(Bindings.Dwelling::name)
                .orElse("");
        notices.send(event.body().path("account").asLong(), event.district(), title, place + "：" + words, link);
    }
}
