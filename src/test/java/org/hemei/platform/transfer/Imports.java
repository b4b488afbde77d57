package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.job.JobRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.MockMvc;

/** Loads files as people do, over the pages, and does the background work that the tests' application leaves undone. */
@Component
public class Imports {

    private final ImportRuns runs;
    private final JobRunner runner;
    private final JdbcClient jdbc;

    Imports(ImportRuns runs, JobRunner runner, JdbcClient jdbc) {
        this.runs = runs;
        this.runner = runner;
        this.jdbc = jdbc;
    }

    MockHttpServletResponse upload(MockMvc mvc, Reader reader, String sheet, String name, byte[] file)
            throws Exception {
        return mvc.perform(multipart("/imports/sheets/" + sheet)
                        .file(new MockMultipartFile("file", name, "application/octet-stream", file))
                        .param("_once", UUID.randomUUID().toString())
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    /** Reads and checks it. */
    ImportRun checked(MockMvc mvc, Reader reader, String sheet, String name, byte[] file) throws Exception {
        var answer = upload(mvc, reader, sheet, name, file);
        assertThat(answer.getStatus())
                .as(answer.getContentAsString().replaceAll("(?s).*<main", ""))
                .isEqualTo(303);
        var id = Long.parseLong(answer.getRedirectedUrl().replaceAll(".*/", ""));
        return worked(reader, id);
    }

    /** Presses the button with this name, and waits until it is done. */
    ImportRun pressed(MockMvc mvc, Reader reader, ImportRun run, String verb) throws Exception {
        assertThat(mvc.perform(post("/imports/" + run.id() + "/" + verb)
                                .with(as(reader))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(303);
        return worked(reader, run.id());
    }

    /** Does what waits for this import. */
    public ImportRun worked(Reader reader, long id) {
        jdbc.sql("select j.id from job_run j where j.ended_at is null and j.link = ? order by j.id")
                .param("/imports/" + id)
                .query(Long.class)
                .list()
                .forEach(runner::run);
        return runs.one(reader, id);
    }

    void run(long job) {
        runner.run(job);
    }

    String wrong(ImportRun run) {
        return String.join(
                "\n",
                runs.wrong(run.id(), null, 1_000).stream()
                        .map(wrong -> wrong.letter() + wrong.line() + " " + wrong.words())
                        .toList());
    }
}
