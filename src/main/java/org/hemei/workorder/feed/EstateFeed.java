package org.hemei.workorder.feed;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.hemei.platform.Missing;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Stranger;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rollup.OrderCounts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * An Atom feed (RFC 4287) for each estate: month by month how much was filed and finished and of which kinds, and what concerned
 * everybody. Counts and kinds only, and of those what a stranger may be told ({@link Stranger}); nobody's words, not even those of a
 * notice.
 */
@Controller
class EstateFeed implements PagePanel {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final int MONTHS = 6;
    private static final int RANK = 90;

    /** @param key stays the same when the entry is told anew */
    record Entry(String key, String title, String text, Instant at) {}

    private record Estate(long id, int district, String community, String name) {}

    private final JdbcClient jdbc;
    private final OrderCounts counts;
    private final TemplateEngine templates;
    private final InstantSource clock;
    private final String address;

    EstateFeed(
            JdbcClient jdbc,
            OrderCounts counts,
            TemplateEngine templates,
            InstantSource clock,
            @Value("${hemei.address}") String address) {
        this.jdbc = jdbc;
        this.counts = counts;
        this.templates = templates;
        this.clock = clock;
        this.address = address;
    }

    @Override
    public Place place() {
        return Place.PUBLIC_ESTATE;
    }

    @Override
    public int order() {
        return RANK;
    }

    @Override
    public Content panel(Reader reader, long estate) {
        return out -> templates.render("workorder/feed/panel.jte", Map.of("estate", estate), out);
    }

    @GetMapping("/estates/{id:\\d{1,18}}/feed.atom")
    ResponseEntity<byte[]> feed(@PathVariable long id) throws XMLStreamException {
        var estate = jdbc.sql("select id, district, community, name from estate where id = ?")
                .param(id)
                .query(Estate.class)
                .optional()
                .orElseThrow(() -> new Missing("没有这个小区。"));
        var entries = new ArrayList<>(months(estate));
        entries.addAll(incidents(estate));
        entries.sort(Comparator.comparing(Entry::at).reversed());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/atom+xml;charset=UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .body(written(estate, entries));
    }

    /** Months that are over, newest first. What is filed and what is said solved are of the same orders; what is finished can be older. */
    private List<Entry> months(Estate estate) {
        var first = CivilTime.date(clock.instant()).withDayOfMonth(1);
        return counts.months(OrderCounts.estate(estate.id), first.minusMonths(MONTHS), first.minusDays(1)).stream()
                .map(month -> new Entry(
                        "months/" + month.first(),
                        estate.name + " " + month.first().getYear() + "年"
                                + month.first().getMonthValue() + "月办事",
                        words(estate, month),
                        CivilTime.startOf(month.first().plusMonths(1))))
                .toList();
    }

    private String words(Estate estate, OrderCounts.Month month) {
        var filed = month.counts().filed();
        if (!Stranger.hears(filed)) {
            return "点单不到 " + Stranger.LEAST + " 件，办结" + few(month.counts().done()) + "。";
        }
        var answers = month.counts().of(Rate.RESOLUTION);
        var solved = answers.numerator();
        var kinds = kinds(estate, month.first());
        return "点单 " + filed + " 件，这个月办结" + few(month.counts().done()) + "。"
                + (Stranger.hears(solved, answers.denominator()) ? "这个月点的，居民说解决了 " + solved + " 件。" : "")
                + (kinds.isEmpty() ? "" : "解决得多的：" + String.join("、", kinds) + "。");
    }

    private static String few(int count) {
        return Stranger.hears(count) ? " " + count + " 件" : "不到 " + Stranger.LEAST + " 件";
    }

    /** What kinds of problem of a month, by when they were filed, residents called solved; not those of too few. */
    private List<String> kinds(Estate estate, LocalDate month) {
        return jdbc.sql("""
                        select coalesce(b.name, c.name) as kind
                        from work_order o join category c on c.code = o.category left join category b on b.code = c.parent
                        where o.district in (select district from estate_ground where estate = ?) and o.estate = ? and o.solved
                          and o.submitted_at >= ? and o.submitted_at < ?
                        group by 1 having count(*) >= ? order by count(*) desc, 1
                        """)
                .params(
                        estate.id,
                        estate.id,
                        Timestamp.from(CivilTime.startOf(month)),
                        Timestamp.from(CivilTime.startOf(month.plusMonths(1))),
                        Stranger.LEAST)
                .query(String.class)
                .list();
    }

    /** What concerned the whole estate or its community; what concerned one building is for those who live there. */
    private List<Entry> incidents(Estate estate) {
        return jdbc.sql("""
                        select i.id, c.name as kind, i.state, i.published_at, coalesce(i.ended_at, i.published_at) as at
                        from incident i join category c on c.code = i.category
                        where i.district in (select district from estate_ground where estate = :estate)
                          and (i.estate = :estate or i.estate is null and i.community = :community) and i.building is null
                          and i.published_at > :since
                        order by i.published_at desc, i.id desc limit 20
                        """)
                .param("estate", estate.id)
                .param("community", estate.community)
                .param(
                        "since",
                        Timestamp.from(CivilTime.startOf(
                                CivilTime.date(clock.instant()).minusMonths(MONTHS))))
                .query((r, n) -> new Entry(
                        "incidents/" + r.getLong("id"),
                        estate.name + "：" + r.getString("kind")
                                + (r.getString("state").equals("ended") ? "，已恢复" : "，正在处理"),
                        CivilTime.full(r.getTimestamp("published_at").toInstant()) + " 发的通知，详情登录后看。",
                        r.getTimestamp("at").toInstant()))
                .list();
    }

    private byte[] written(Estate estate, List<Entry> entries) throws XMLStreamException {
        var out = new ByteArrayOutputStream();
        var page = address + "/estates/" + estate.id;
        var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(ATOM);
        xml.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", "zh-CN");
        element(xml, "id", page);
        element(xml, "title", estate.name + " · 和美");
        element(xml, "updated", (entries.isEmpty() ? clock.instant() : entries.getFirst().at).toString());
        link(xml, "self", page + "/feed.atom", "application/atom+xml");
        link(xml, "alternate", page, "text/html");
        xml.writeStartElement("author");
        element(xml, "name", "和美");
        xml.writeEndElement();
        for (var entry : entries) {
            xml.writeStartElement("entry");
            element(xml, "id", page + "/" + entry.key);
            element(xml, "title", entry.title);
            element(xml, "updated", entry.at.toString());
            element(xml, "summary", entry.text);
            link(xml, "alternate", page, "text/html");
            xml.writeEndElement();
        }
        xml.writeEndDocument();
        xml.flush();
        return out.toByteArray();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text.replaceAll("[\\p{Cntrl}]", " "));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String address, String type) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("type", type);
        xml.writeAttribute("href", address);
    }
}
