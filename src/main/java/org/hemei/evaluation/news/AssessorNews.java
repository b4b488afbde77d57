package org.hemei.evaluation.news;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells assessors what they are given and what is taken from them, and of ties: who has to stand aside, who takes over, who is asked. */
@Component
class AssessorNews {

    private final EvaluationPost post;
    private final JdbcClient jdbc;

    AssessorNews(EvaluationPost post, JdbcClient jdbc) {
        this.post = post;
        this.jdbc = jdbc;
    }

    /** Estates that were given out after the campaign began. */
    void given(NoticeTemplates.Book book, Event event) {
        var campaign = post.campaign(event);
        for (var one : event.body().path("to").values()) {
            var until = LocalDate.parse(event.body().path("due").asString());
            post.send(
                    book,
                    event,
                    "inspection.given",
                    "assessor",
                    List.of(one.path("account").asLong()),
                    Map.of(
                            "campaign",
                            campaign.title(),
                            "count",
                            one.path("count").asString(),
                            "until",
                            CivilTime.day(until)),
                    "/inspections");
        }
    }

    /** Whoever does not have to look any more. */
    void handed(NoticeTemplates.Book book, Event event) {
        post.send(
                book,
                event,
                "inspection.handed",
                "assessor",
                List.of(event.body().path("assessor").asLong()),
                Map.of(
                        "campaign",
                        post.campaign(event).title(),
                        "count",
                        event.body().path("count").asString()),
                "/inspections");
    }

    /** Whoever cannot look any more, since their grant or their account ended. */
    void ended(NoticeTemplates.Book book, Event event) {
        var id = event.body().path("campaign").asLong();
        post.send(
                book,
                event,
                "inspection.ended",
                "assessor",
                List.of(event.body().path("assessor").asLong()),
                Map.of(
                        "campaign",
                        post.campaign(event).title(),
                        "count",
                        event.body().path("count").asString()),
                "/campaigns/" + id);
    }

    /** Who has to stand aside hears why; who takes over hears of it; whoever runs the campaign, where nobody does. */
    void replaced(NoticeTemplates.Book book, Event event, boolean found) {
        var body = event.body();
        var company = jdbc.sql("select short_name from body where id = ?")
                .param(body.path("company").asLong())
                .query(String.class)
                .single();
        var without = body.path("without").asInt();
        var values = Map.of("company", company, "count", String.valueOf(without));
        if (found) {
            post.send(
                    book,
                    event,
                    "conflict.found",
                    "assessor",
                    List.of(body.path("assessor").asLong()),
                    values,
                    "/inspections");
        }
        var others = body.path("to").values().stream().map(one -> one.asLong()).toList();
        post.send(book, event, "conflict.given", "successor", others, values, "/inspections");
        if (without > 0) {
            var campaign = body.path("campaign").asLong();
            post.send(
                    book,
                    event,
                    "conflict.without",
                    "keeper",
                    post.keepers(post.campaign(event).area()),
                    values,
                    "/campaigns/" + campaign + "/ties");
        }
    }

    /** A tie that was found after the scores were public: its assessor is asked, whoever runs the campaign hears the answer. */
    void tie(NoticeTemplates.Book book, Event event, String what) {
        var body = event.body();
        var id = body.path("campaign").asLong();
        record Tie(String company, LocalDate until) {}
        var tie = jdbc.sql("""
                        select b.short_name as company, x.answer_by as until from evaluation_conflict x join body b on b.id = x.company
                        where x.campaign = ? and x.assessor = ? and x.company = ?
                        """)
                .params(id, body.path("assessor").asLong(), body.path("company").asLong())
                .query(Tie.class)
                .optional();
        tie.ifPresent(one -> {
            var values = Map.of("company", one.company, "until", CivilTime.day(one.until));
            if (what.equals("conflict.answered") || what.equals("conflict.entered")) {
                post.send(
                        book,
                        event,
                        "conflict.answered",
                        "keeper",
                        post.keepers(post.campaign(event).area()),
                        values,
                        "/campaigns/" + id + "/ties");
            }
            if (!what.equals("conflict.answered")) {
                post.send(
                        book,
                        event,
                        what,
                        "assessor",
                        List.of(body.path("assessor").asLong()),
                        values,
                        "/inspections");
            }
        });
    }
}
