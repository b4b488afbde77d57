package org.hemei.workorder.rates;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.Notices;
import org.springframework.stereotype.Component;

/** Tells the sides of an appeal and those who decide what happened; nobody of what they did themselves. */
@Component
class AppealNews implements EventConsumer {

    private final Appeals appeals;
    private final GrantHolders holders;
    private final Notices notices;

    AppealNews(Appeals appeals, GrantHolders holders, Notices notices) {
        this.appeals = appeals;
        this.holders = holders;
        this.notices = notices;
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
                case FILE -> send(event, appeal, office(appeal, Role.STREET), "有一件三率申诉等您定");
                case ASK_SECOND -> {
                    send(event, appeal, office(appeal, Role.DISTRICT), "有一件三率申诉等您复核");
                    send(event, appeal, office(appeal, Role.STREET), "有人对您定的申诉要求复核");
                }
                case WITHDRAW -> send(event, appeal, office(appeal, Role.STREET), "申诉撤回了，不用再定");
                case UPHOLD -> sides(event, appeal, "申诉定了：同意");
                case REFUSE -> sides(event, appeal, "申诉定了：不同意");
            }
        });
    }

    private List<Long> office(Appeal appeal, Role role) {
        return holders.accounts(role.name(), appeal.community());
    }

    /** Both sides: who asked, and against whom it went. A refusal that nobody but the asker had part in is theirs alone. */
    private void sides(Event event, Appeal appeal, String words) {
        Set<Side> told = new LinkedHashSet<>();
        told.add(appeal.side());
        told.addAll(appeal.against());
        if (appeal.secondSide() != null) {
            told.add(appeal.secondSide());
        }
        var accounts = new LinkedHashSet<Long>();
        told.forEach(side -> accounts.addAll(of(appeal, side)));
        send(event, appeal, List.copyOf(accounts), words);
    }

    private List<Long> of(Appeal appeal, Side side) {
        return switch (side) {
            case HOLDER -> appeal.holder() == null ? List.of() : holders.ofBody(appeal.holder());
            case COMMUNITY -> office(appeal, Role.COMMUNITY);
            case REPORTER -> appeal.reporter() == null ? List.of() : List.of(appeal.reporter());
        };
    }

    private void send(Event event, Appeal appeal, List<Long> accounts, String words) {
        var actor = event.body().get("actor").asLong();
        accounts.stream()
                .filter(account -> account != actor)
                .forEach(account -> notices.send(
                        account,
                        appeal.id().district(),
                        words,
                        "单号 " + appeal.number() + "，" + appeal.what(),
                        appeal.path()));
    }
}
