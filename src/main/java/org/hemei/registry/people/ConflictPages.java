package org.hemei.registry.people;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The conflicts that the nightly check found, open ones first to be settled, settled ones to look back at. A task made of one is the
 * task of the rule (conflict-free) about the same committee, so that the two lists never ask for it twice.
 */
@Controller
class ConflictPages implements ListExport {

    private static final int PAGE = 50;

    record Row(
            long id,
            long person,
            String name,
            long seat,
            String seatPost,
            String estate,
            String community,
            long job,
            String jobPost,
            String company,
            LocalDate foundOn,
            @Nullable LocalDate resolvedOn,
            String communityCode,
            String subject,
            @Nullable Long task,
            @Nullable String assigned) {

        /** Where a task is made of it: it falls short of the rule that the nightly check keeps. */
        String making() {
            return "/mechanism/conflict-free/tasks?area=" + communityCode + "&key=" + subject;
        }
    }

    private final JdbcClient jdbc;
    private final Exports exports;
    private final Areas areas;

    ConflictPages(JdbcClient jdbc, Exports exports, Areas areas) {
        this.areas = areas;
        this.exports = exports;
        this.jdbc = jdbc;
    }

    @GetMapping("/appointments/conflicts")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var settled = "settled".equals(query.get("state"));
        var after = PeoplePages.number(query.get("after"));
        var picker = areas.picker(PeopleScope.required(reader), query.get("area"));
        var area = picker.at(query.getOrDefault("area", ""));
        var rows = rows(reader, settled, area, after, PAGE + 1);
        model.addAttribute("picker", picker);
        model.addAttribute(
                "address",
                Address.of("/appointments/conflicts")
                        .with("state", settled ? "settled" : null)
                        .with("area", area));
        model.addAttribute("rows", rows.stream().limit(PAGE).toList());
        model.addAttribute("settled", settled);
        model.addAttribute("after", after);
        model.addAttribute("next", rows.size() > PAGE ? rows.get(PAGE - 1).id() : 0L);
        return "registry/people/conflicts";
    }

    private List<Row> rows(Reader reader, boolean settled, String area, long after, int most) {
        var scope = PeopleScope.required(reader);
        return jdbc.sql("""
                        select f.id, s.person, p.masked_name as name, s.id as seat, s.post as seat_post, e.name as estate,
                               c.name as community, j.id as job, j.post as job_post, jb.short_name as company, f.found_on,
                               f.resolved_on, e.community as community_code,
                               e.community || '-' || lpad(s.body::text, 12, '0') as subject, t.id as task, t.assigned
                        from appointment_conflict f
                                 join appointment s on s.id = f.committee
                                 join person p on p.id = s.person
                                 join estate e on e.id = f.estate
                                 join area c on c.code = e.community
                                 join appointment j on j.id = f.employment
                                 join body jb on jb.id = j.body
                                 left join task t on t.source = 'check:conflict-free' and t.state in ('open', 'done')
                                                         and t.subject = e.community || '-' || lpad(s.body::text, 12, '0')
                        where (f.resolved_on is not null) = :settled and e.community like any(:patterns)
                          and starts_with(e.community, :area) and (:after = 0 or f.id < :after)
                        order by f.id desc limit :most
                        """)
                .param("settled", settled)
                .param("patterns", scope.patterns())
                .param("area", area)
                .param("after", after)
                .param("most", most)
                .query(Row.class)
                .list();
    }

    @Override
    public String key() {
        return "conflicts";
    }

    @Override
    public String title() {
        return "任职冲突";
    }

    @Override
    public List<String> headings() {
        return List.of("小区", "社区", "谁", "业委会职务", "企业", "企业职务", "发现", "解决", "任务");
    }

    @Override
    public void admit(Reader reader) {
        PeopleScope.required(reader);
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        for (var area : PeopleScope.required(reader).areas()) {
            exports.taken(reader, "conflicts.export", area);
        }
        for (var row : rows(reader, "settled".equals(query.get("state")), query.getOrDefault("area", ""), 0, most)) {
            rows.row(
                    row.estate(),
                    Areas.plain(row.community()),
                    row.name(),
                    row.seatPost(),
                    row.company(),
                    row.jobPost(),
                    row.foundOn(),
                    row.resolvedOn(),
                    row.assigned());
        }
    }
}
