package org.hemei.registry.people;

import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The conflicts that the nightly check found, open ones first to be settled, settled ones to look back at. */
@Controller
class ConflictPages {

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
            @Nullable LocalDate resolvedOn) {}

    private final JdbcClient jdbc;

    ConflictPages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/appointments/conflicts")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = PeopleScope.required(reader);
        var settled = "settled".equals(query.get("state"));
        var after = PeoplePages.number(query.get("after"));
        var rows = jdbc.sql("""
                        select f.id, s.person, p.masked_name as name, s.id as seat, s.post as seat_post, e.name as estate,
                               c.name as community, j.id as job, j.post as job_post, jb.short_name as company, f.found_on,
                               f.resolved_on
                        from appointment_conflict f
                                 join appointment s on s.id = f.committee
                                 join person p on p.id = s.person
                                 join estate e on e.id = f.estate
                                 join area c on c.code = e.community
                                 join appointment j on j.id = f.employment
                                 join body jb on jb.id = j.body
                        where (f.resolved_on is not null) = :settled and e.community like any(:patterns)
                          and (:after = 0 or f.id < :after)
                        order by f.id desc limit :most
                        """)
                .param("settled", settled)
                .param("patterns", scope.patterns())
                .param("after", after)
                .param("most", PAGE + 1)
                .query(Row.class)
                .list();
        model.addAttribute("rows", rows.stream().limit(PAGE).toList());
        model.addAttribute("settled", settled);
        model.addAttribute("after", after);
        model.addAttribute("next", rows.size() > PAGE ? rows.get(PAGE - 1).id() : 0L);
        return "registry/people/conflicts";
    }
}
