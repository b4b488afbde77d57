package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.evaluation.WhereToTurn;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.pdf.Paper;
import org.hemei.platform.pdf.Pdfs;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The written answer to an objection as a paper, for its two sides. */
@Controller
class ObjectionPapers {

    private final Objections objections;
    private final Attachments attachments;
    private final WhereToTurn remedies;
    private final Pdfs pdfs;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ObjectionPapers(
            Objections objections,
            Attachments attachments,
            WhereToTurn remedies,
            Pdfs pdfs,
            JdbcClient jdbc,
            InstantSource clock) {
        this.objections = objections;
        this.attachments = attachments;
        this.remedies = remedies;
        this.pdfs = pdfs;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping("/objections/{id:\\d{1,18}}/decision.pdf")
    ResponseEntity<byte[]> decision(Reader reader, @PathVariable long id) {
        Role.required(reader, Role.MANAGER, Role.CITY, Role.DISTRICT, Role.HOUSING);
        var objection = objections
                .find(reader, id, clock.instant())
                .filter(one -> one.decidedAt() != null)
                .orElseThrow(() -> new Missing("还没有答复，或不归您看。"));
        var keeper = jdbc.sql("select a.name from evaluation_campaign c join area a on a.code = c.area where c.id = ?")
                .param(objection.campaign())
                .query(String.class)
                .single();
        var model = new HashMap<String, Object>();
        model.put(
                "where",
                remedies.of(objection.area(), Objects.requireNonNull(objection.decidedAt()))
                        .orElse(null));
        model.put("until", objections.openUntil(id).orElse(null));
        var files = attachments
                .list(objection.district(), ObjectionDesk.KIND, String.valueOf(id))
                .size();
        model.put("paper", new Paper("测评异议答复书", "测评异议 " + id, false, demo(), clock.instant()));
        model.put("objection", objection);
        model.put("keeper", keeper);
        model.put("files", files);
        var bytes = pdfs.make("evaluation/objection/paper.jte", model);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header("Content-Disposition", "attachment; filename=\"objection-" + id + ".pdf\"")
                .header("Cache-Control", "no-store")
                .body(bytes);
    }

    private boolean demo() {
        return jdbc.sql("select exists (select from installation where name = 'demo')")
                .query(Boolean.class)
                .single();
    }
}
