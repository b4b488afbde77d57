package org.hemei.workorder.rates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.springframework.stereotype.Component;

/** Tells the sides of an appeal and those who decide what happened; nobody of what they did themselves. */
@Component
class AppealNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("rate_appeal", "三率申诉", "提出、复核、定了的三率申诉", false, false).onDuty();
    private static final Kind FILED = kind("file", "提出申诉", "decider", "定申诉的街道", "有一件三率申诉等您定");
    private static final Kind SECOND = kind("ask_second", "要求复核", "reviewer", "复核的区", "有一件三率申诉等您复核");
    private static final Kind QUESTIONED = kind("ask_second", "要求复核", "decider", "定申诉的街道", "有人对您定的申诉要求复核");
    private static final Kind WITHDRAWN = kind("withdraw", "撤回申诉", "decider", "定申诉的街道", "申诉撤回了，不用再定");
    private static final Kind UPHELD = kind("uphold", "同意申诉", "sides", "双方", "申诉定了：同意");
    private static final Kind REFUSED = kind("refuse", "不同意申诉", "sides", "双方", "申诉定了：不同意");

    private final Appeals appeals;
    private final GrantHolders holders;
    private final NoticeTemplates templates;
    private final Notices notices;

    AppealNews(Appeals appeals, GrantHolders holders, NoticeTemplates templates, Notices notices) {
        this.templates = templates;
        this.appeals = appeals;
        this.holders = holders;
        this.notices = notices;
    }

    private static Kind kind(String verb, String verbWords, String who, String whoWords, String title) {
        return Kind.of(
                "rate_appeal." + verb,
                "三率" + verbWords,
                who,
                whoWords,
                TOPIC,
                new Words(title, "单号 {order}，{what}"),
                Map.of("order", "261123-20412", "what", "居民没按时评价，不应算没解决"));
    }

    @Override
    public List<Kind> kinds() {
        return List.of(FILED, SECOND, QUESTIONED, WITHDRAWN, UPHELD, REFUSED);
    }

    @Override
    public String name() {
        return "rate-appeal-news";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream().filter(event -> event.kind().startsWith("rate_appeal.")).forEach(this::tell);
    }

    private void tell(Event event) {
        appeals.find(AppealId.valueOf(event.subject())).ifPresent(appeal -> {
            switch (AppealVerb.of(event.kind().substring("rate_appeal.".length()))) {
                case FILE -> send(event, appeal, office(appeal, Role.STREET), FILED);
                case ASK_SECOND -> {
                    send(event, appeal, office(appeal, Role.DISTRICT), SECOND);
                    send(event, appeal, office(appeal, Role.STREET), QUESTIONED);
                }
                case WITHDRAW -> send(event, appeal, office(appeal, Role.STREET), WITHDRAWN);
                case UPHOLD -> sides(event, appeal, UPHELD);
                case REFUSE -> sides(event, appeal, REFUSED);
            }
        });
    }

    private List<Long> office(Appeal appeal, Role role) {
        return holders.accounts(role.name(), appeal.community());
    }

    /** Both sides: who asked, and against whom it went. A refusal that nobody but the asker had part in is theirs alone. */
    private void sides(Event event, Appeal appeal, Kind kind) {
        Set<Side> told = new LinkedHashSet<>();
        told.add(appeal.side());
        told.addAll(appeal.against());
        if (appeal.secondSide() != null) {
            told.add(appeal.secondSide());
        }
        var accounts = new LinkedHashSet<Long>();
        told.forEach(side -> accounts.addAll(of(appeal, side)));
        send(event, appeal, List.copyOf(accounts), kind);
    }

    private List<Long> of(Appeal appeal, Side side) {
        return switch (side) {
            case HOLDER -> appeal.holder() == null ? List.of() : holders.ofBodyAt(appeal.holder(), appeal.estate());
            case COMMUNITY -> office(appeal, Role.COMMUNITY);
            case REPORTER -> appeal.reporter() == null ? List.of() : List.of(appeal.reporter());
        };
    }

    private void send(Event event, Appeal appeal, List<Long> accounts, Kind kind) {
        var actor = event.body().get("actor").asLong();
        var values = Map.of("order", appeal.number(), "what", appeal.what());
        notices.tell(
                templates.book(),
                kind,
                accounts.stream()
                        .filter(account -> account != actor)
                        .map(account -> new Told(account, appeal.id().district(), values, appeal.path()))
                        .toList(),
                event.at());
    }
}
