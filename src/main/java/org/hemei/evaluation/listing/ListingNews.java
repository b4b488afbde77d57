package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.evaluation.Interests;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the company, the bureau and the streets what happened to a case, and what is now theirs to do. */
@Component
class ListingNews implements EventConsumer, NoticeKinds {

    static final Topic TOPIC = new Topic("listing", "“黑名单”", "告知、申辩、决定、修复、异议，快到期限、过了期限", false, false).onDuty();

    private final ListingQueries queries;
    private final GrantHolders holders;
    private final Notices notices;
    private final Interests interests;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ListingNews(
            ListingQueries queries,
            GrantHolders holders,
            Notices notices,
            Interests interests,
            JdbcClient jdbc,
            InstantSource clock) {
        this.queries = queries;
        this.holders = holders;
        this.notices = notices;
        this.interests = interests;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "listing-news";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream()
                .filter(event ->
                        event.kind().startsWith("listing.") && !event.kind().equals(Reminder.EVENT))
                .forEach(this::tell);
    }

    private void tell(Event event) {
        queries.find(Long.parseLong(event.subject())).ifPresent(view -> {
            if (event.kind().equals(DecisionDesk.CONTESTED)) {
                send(
                        event,
                        view,
                        deciding(view),
                        view.contestedAgain() ? "重新记过的表决，有成员还说不对，请表决的成员核对整份记录" : "有成员说集体决定的表决记得不对，请核对");
                return;
            }
            var verb = ListingVerb.of(event.kind().substring("listing.".length()));
            var bureau = holders.accounts(Role.HOUSING.name(), view.listing().area);
            var company = holders.ofWholeBody(view.listing().company);
            paper(event, view, company);
            switch (verb) {
                case PROPOSE -> send(event, view, bureau, "有企业连续两年不合格，请看要不要告知");
                case ASK_DECLINE -> send(event, view, deciding(view), "有同事提出不予告知，请看同不同意");
                case DECLINE -> send(event, view, bureau, "定了不予告知，这件结束了");
                case NOTIFY -> {
                    send(event, view, company, "拟列入“黑名单”，您可以陈述申辩");
                    if (company.isEmpty()) {
                        send(event, view, bureau, "企业没有能收消息的账号，告知书请当面或邮寄送达", true);
                    }
                }
                case DELIVER -> send(event, view, company, "告知书送达了，陈述申辩的期限从第二天起算");
                case CORRECT -> everybody(event, view, bureau, company, "依据的成绩更正了，仍是连续两年不合格");
                case REDATE -> everybody(event, view, bureau, company, "送达日更正了，期限也跟着改了");
                case REOPEN -> everybody(event, view, bureau, company, "告知书的送达日更正了，陈述申辩的期限重新算");
                case STATE -> {
                    if (event.body().path("from").asString().equals(ListingState.DECIDED.code())) {
                        send(event, view, deciding(view), "录入了企业期限里交的陈述申辩，要重新讨论决定");
                    } else if (view.listing().published()) {
                        send(event, view, bureau, "录入了企业期限里交的陈述，作决定时没有听到，请看要不要撤销", true);
                    } else {
                        send(event, view, bureau, "企业交了陈述申辩");
                    }
                }
                case CLOSE_DEFENCE -> send(event, view, bureau, "陈述申辩期满，请集体讨论决定");
                case LIST -> {
                    if (view.state() == ListingState.DECIDED) { // and did not fall at once with its figures
                        send(event, view, deciding(view), "决定列入，请送达企业");
                    }
                    if (event.body().path("from").asString().equals(ListingState.SPARED.code())) {
                        send(event, view, company, "不列入的决定表决记错了，重新记过。结果以送达的决定书为准");
                    }
                    members(event, view);
                }
                case SPARE -> {
                    if (!event.body().path("from").asString().equals(ListingState.SPARED.code())) {
                        send(event, view, company, "集体讨论决定不列入“黑名单”");
                    }
                    members(event, view);
                }
                case SERVE -> {
                    send(event, view, company, "列入“黑名单”的决定送达了，里面有怎么修复");
                    send(event, view, streets(view), "您这里的物业企业列入了“黑名单”");
                }
                case APPLY_REPAIR -> {
                    send(event, view, bureau, "企业申请修复，请核验");
                    send(event, view, streets(view), "企业申请修复，请去看看");
                }
                case WITHDRAW_REPAIR -> {
                    send(event, view, bureau, "企业撤回了修复申请，不用再核验");
                    send(event, view, streets(view), "企业撤回了修复申请，不用再去看");
                }
                case VERIFY -> send(event, view, bureau, "修复核验完了，请定能不能移出");
                case REMOVE -> everybody(event, view, bureau, company, "修复了，已从“黑名单”移出");
                case REFUSE_REPAIR -> send(event, view, company, "这次没有同意修复，理由在里面");
                case OBJECT -> send(event, view, bureau, "企业对列入提了异议，请没参加决定的人审查");
                case DENY_OBJECTION -> send(event, view, company, "异议不成立，理由在里面");
                case REVOKE -> everybody(event, view, bureau, company, "列入撤销了，自始就是错的");
                case APPEAL ->
                    everybody(
                            event,
                            view,
                            bureau,
                            company,
                            "登记了" + view.listing().appeal.words() + "，列入暂时不变");
                case SUSPEND -> everybody(event, view, bureau, company, "停止执行，“黑名单”暂停公布");
                case RESUME -> everybody(event, view, bureau, company, "“黑名单”恢复公布了，期限照算");
                case ASK_OVERTURN -> send(event, view, deciding(view), "有同事提出自行纠正，请另一位没参加决定的看要不要撤销");
                case DENY_OVERTURN -> send(event, view, deciding(view), "提出的自行纠正不作了，理由在里面");
                case APPEAL_OVER -> everybody(event, view, bureau, company, "复议、诉讼结束了，列入没有变");
                case DROP -> everybody(event, view, bureau, company, "成绩变了，这件“黑名单”终止了");
                case EXPIRE -> everybody(event, view, bureau, company, "最长期限到了，“黑名单”公示停了");
            }
        });
    }

    /** Whose paper was entered hears that it arrived, and as what. */
    private void paper(Event event, ListingView view, List<Long> company) {
        var seq = event.body().path("seq").asInt(-1);
        if (seq >= 0 && view.step(seq).receivedOn() != null) {
            send(event, view, company, "您书面交来的材料收到了，已经记进这一件");
        }
    }

    /** Those of the bureau who may know of a decision before it is served: none who had to withdraw. */
    List<Long> deciding(ListingView view) {
        var apart = interests.accounts(view.listing().company);
        return holders.accounts(Role.HOUSING.name(), view.listing().area).stream()
                .filter(account -> !apart.contains(account))
                .toList();
    }

    private void everybody(Event event, ListingView view, List<Long> bureau, List<Long> company, String words) {
        Set<Long> all = new LinkedHashSet<>(bureau);
        // whoever was never told of a case does not hear of its end either
        if (view.said(ListingVerb.NOTIFY) != null) {
            all.addAll(company);
        }
        if (view.listing().published()) {
            all.addAll(streets(view));
        }
        send(event, view, List.copyOf(all), words);
    }

    /** Those of the streets where the company serves an estate today, whether its contract has a last day or not. */
    List<Long> streets(ListingView view) {
        return jdbc
                .sql("""
                select distinct e.street from contract k join estate e on e.id = k.estate
                where k.company = :company and k.during @> :today order by e.street
                """)
                .param("company", view.listing().company)
                .param("today", CivilTime.date(clock.instant()))
                .query(String.class)
                .list()
                .stream()
                .flatMap(street -> holders.accounts(Role.STREET.name(), street).stream())
                .distinct()
                .toList();
    }

    /** Somebody else wrote their votes down: they see whether they did so rightly. */
    private void members(Event event, ListingView view) {
        send(
                event,
                view,
                view.voted().last().stream().map(VoteRecord.Vote::account).toList(),
                "集体决定记下了您的表决，请核对");
    }

    private void send(Event event, ListingView view, List<Long> accounts, String words) {
        send(event, view, accounts, words, false);
    }

    /** @param also whether whoever did it is told as well */
    private void send(Event event, ListingView view, List<Long> accounts, String words, boolean also) {
        var actor = event.body().path("actor").asLong();
        accounts.stream()
                .filter(account -> also || account != actor)
                .forEach(account -> notices.send(
                        TOPIC,
                        account,
                        event.district(),
                        words,
                        view.title() + "。" + view.number(),
                        view.path(),
                        event.at()));
    }

    @Override
    public List<Topic> more() {
        return List.of(TOPIC);
    }
}
