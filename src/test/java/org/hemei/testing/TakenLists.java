package org.hemei.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.job.JobRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Takes a list away as its page does: asks for the sheet, lets it be made, and loads it. */
public class TakenLists {

    private final JobRunner runner;
    private final JdbcClient jdbc;

    TakenLists(JobRunner runner, JdbcClient jdbc) {
        this.runner = runner;
        this.jdbc = jdbc;
    }

    /** @return where the sheet is, or in words why there is none; fields come as name, value, name, value */
    public String ordered(MockMvc mvc, Reader reader, String list, String... fields) throws Exception {
        var request = post("/exports/lists/" + list);
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        var answer =
                mvc.perform(request.with(as(reader)).with(csrf())).andReturn().getResponse();
        assertThat(answer.getRedirectedUrl()).as(list).startsWith("/jobs/");
        var job =
                Long.parseLong(Objects.requireNonNull(answer.getRedirectedUrl()).substring("/jobs/".length()));
        runner.run(job);
        return jdbc.sql("select coalesce(link, message) from job_run where id = ?")
                .param(job)
                .query(String.class)
                .single();
    }

    /** The sheet itself. */
    public byte[] taken(MockMvc mvc, Reader reader, String list, String... fields) throws Exception {
        var link = ordered(mvc, reader, list, fields);
        assertThat(link).as(list).startsWith("/exports/");
        var answer = mvc.perform(get(link).with(as(reader))).andReturn().getResponse();
        assertThat(answer.getStatus()).as(list).isEqualTo(200);
        return answer.getContentAsByteArray();
    }
}
