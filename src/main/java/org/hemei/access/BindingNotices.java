package org.hemei.access;

import java.util.List;
import java.util.Map;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.springframework.stereotype.Component;

/** Tells a resident, after the decision stands, what the community decided. */
@Component
class BindingNotices implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("binding", "房屋绑定", "您申请绑定的房屋社区怎么定的，绑定什么时候结束了", true, false);
    private static final Kind APPROVED = kind("approved", "同意绑定", new Words("房屋绑定通过了", "{home}：现在可以为它点单。"));
    private static final Kind REFUSED = kind("refused", "不同意绑定", new Words("房屋绑定没通过", "{home}：原因写在“我的”里，改好可以再申请。"));

    private static final Kind ENDED =
            kind("ended", "社区结束绑定", new Words("房屋绑定结束了", "{home}：社区结束了绑定，原因写在“我的”里，不对可以再申请。"));

    private final NoticeTemplates templates;
    private final Notices notices;
    private final Bindings bindings;

    BindingNotices(NoticeTemplates templates, Notices notices, Bindings bindings) {
        this.templates = templates;
        this.notices = notices;
        this.bindings = bindings;
    }

    private static Kind kind(String event, String eventWords, Words words) {
        return Kind.of(
                "binding." + event, eventWords, "resident", "申请的居民", TOPIC, words, Map.of("home", "和平花园 3幢1单元502"));
    }

    @Override
    public List<Kind> kinds() {
        return List.of(APPROVED, REFUSED, ENDED);
    }

    @Override
    public String name() {
        return "binding-notices";
    }

    @Override
    public void handle(List<Event> events) {
        for (var event : events) {
            switch (event.kind()) {
                case "binding.approved" -> tell(event, APPROVED, "/home");
                case "binding.refused" -> tell(event, REFUSED, "/me");
                case "binding.ended" -> tell(event, ENDED, "/me");
                default -> {}
            }
        }
    }

    /** Somebody of an imported household may have no account to tell. */
    private void tell(Event event, Kind kind, String link) {
        if (!event.body().path("account").isNumber()) {
            return;
        }
        var place = bindings.dwelling(event.body().path("unit").asLong())
                .map(Bindings.Dwelling::name)
                .orElse("");
        notices.tell(
                templates.book(),
                kind,
                List.of(new Told(
                        event.body().path("account").asLong(), event.district(), Map.of("home", place), link)));
    }
}
