package org.hemei.evaluation.listing;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;

/** Tells whoever owes a step that its day comes near or is over; a step that was taken meanwhile is not reminded of. */
@Component
class ReminderNews implements EventConsumer {

    private final ListingQueries queries;
    private final ListingNews news;
    private final GrantHolders holders;
    private final Notices notices;

    ReminderNews(ListingQueries queries, ListingNews news, GrantHolders holders, Notices notices) {
        this.queries = queries;
        this.news = news;
        this.holders = holders;
        this.notices = notices;
    }

    @Override
    public String name() {
        return "listing-reminders";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream().filter(event -> event.kind().equals(Reminder.EVENT)).forEach(this::tell);
    }

    private void tell(Event event) {
        queries.find(Long.parseLong(event.subject())).ifPresent(view -> {
            var kind = Reminder.of(event.body().path("kind").asString());
            var due = Instant.parse(event.body().path("due").asString());
            var words = words(view, kind, due);
            if (!words.isEmpty()) {
                whom(view, kind)
                        .forEach(account -> notices.send(
                                ListingNews.TOPIC,
                                account,
                                event.district(),
                                words,
                                view.title() + "。" + view.number(),
                                view.path()));
            }
        });
    }

    private static String words(ListingView view, Reminder kind, Instant due) {
        var until = CivilTime.full(due);
        return switch (kind) {
            case NEAR -> due.equals(view.listing().dueAt) ? step(view) + "到 " + until + " 为止" : "";
            case LATE -> due.equals(view.listing().dueAt) ? step(view) + "过了期限：" + until : "";
            case ANSWER_NEAR -> due.equals(view.listing().answerDue) ? "“黑名单”异议的答复到 " + until + " 为止" : "";
            case ANSWER_LATE -> due.equals(view.listing().answerDue) ? "“黑名单”异议的答复过了期限：" + until : "";
            case OBJECT_NEAR ->
                due.equals(view.listing().objectUntil)
                                && view.state().inForce()
                                && view.listing().objection == Listing.Objection.NONE
                        ? "对列入可以提一次异议，到 " + until + " 为止"
                        : "";
            case REPAIR_OPEN -> view.state() == ListingState.LISTED ? "最短期限过了，整改好了就可以申请修复" : "";
            case ENDING ->
                view.state().inForce()
                        ? "“黑名单”公示到 " + CivilTime.day(CivilTime.date(due).minusDays(1)) + " 为止，过后自动停"
                        : "";
            case SUSPENDED -> suspended(view);
        };
    }

    private static String suspended(ListingView view) {
        var since = view.last(ListingVerb.SUSPEND);
        return view.listing().suspended && since != null
                ? "“黑名单”从 " + CivilTime.day(CivilTime.date(since.at())) + " 起停止执行，请查"
                        + view.listing().appeal.words() + "有没有结果，该恢复的恢复"
                : "";
    }

    private static String step(ListingView view) {
        return switch (view.state()) {
            case PROPOSED -> "告知企业";
            case NOTICED -> view.listing().noticedOn == null ? "把告知书送达企业" : "陈述申辩";
            case HEARD -> "集体讨论决定";
            case DECIDED -> "把决定送达企业";
            case REPAIR_APPLIED -> "核验修复";
            default -> "定能不能移出";
        };
    }

    private Set<Long> whom(ListingView view, Reminder kind) {
        var all = new LinkedHashSet<Long>();
        var company = kind == Reminder.REPAIR_OPEN
                || kind == Reminder.OBJECT_NEAR
                || kind == Reminder.ENDING
                || view.state() == ListingState.NOTICED
                        && view.listing().noticedOn != null
                        && (kind == Reminder.NEAR || kind == Reminder.LATE);
        if (company) {
            all.addAll(holders.ofWholeBody(view.listing().company));
        }
        if (!company || kind == Reminder.ENDING) {
            all.addAll(
                    view.state() == ListingState.DECIDED
                            ? news.deciding(view)
                            : holders.accounts(Role.HOUSING.name(), view.listing().area));
        }
        if (view.state() == ListingState.REPAIR_APPLIED && (kind == Reminder.NEAR || kind == Reminder.LATE)) {
            all.addAll(news.streets(view));
        }
        return all;
    }
}
