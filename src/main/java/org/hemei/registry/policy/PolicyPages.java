package org.hemei.registry.policy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.registry.Areas;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** 政策文件 for everybody: the list, one document, its files. */
@Controller
class PolicyPages implements ListExport {

    private final Policies policies;
    private final Attachments attachments;
    private final PolicyRules rules;
    private final InstantSource clock;

    PolicyPages(Policies policies, Attachments attachments, PolicyRules rules, InstantSource clock) {
        this.policies = policies;
        this.attachments = attachments;
        this.rules = rules;
        this.clock = clock;
    }

    @GetMapping("/policies")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var filter = Policies.Filter.of(query);
        var rows = policies.page(filter, query.get("after"), today());
        var more = rows.size() > Policies.PAGE;
        var last = more ? rows.get(Policies.PAGE - 1) : null;
        model.addAttribute("filter", filter);
        model.addAttribute("rows", more ? rows.subList(0, Policies.PAGE) : rows);
        model.addAttribute("count", policies.count(filter, today()));
        model.addAttribute("next", last == null ? null : last.issuedOn() + "." + last.id());
        model.addAttribute("first", !query.containsKey("after"));
        model.addAttribute("years", policies.years());
        model.addAttribute("areas", policies.areas());
        model.addAttribute("today", today());
        model.addAttribute("staff", !Areas.seen(reader).isEmpty());
        model.addAttribute("may", keeper(reader));
        return "registry/policy/list";
    }

    @Override
    public String key() {
        return "policies";
    }

    @Override
    public String title() {
        return "政策文件";
    }

    @Override
    public List<String> headings() {
        return List.of("标题", "文号", "种类", "印发单位", "施行地区", "印发", "施行", "失效", "网址");
    }

    /** The documents are for everybody; files are made for those who work here. */
    @Override
    public void admit(Reader reader) {
        if (Areas.seen(reader).isEmpty()) {
            throw new AccessDeniedException("files are made for those who work here");
        }
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        for (var one : policies.page(Policies.Filter.of(query), null, today(), most)) {
            rows.row(
                    one.title(),
                    one.number(),
                    one.kind().words(),
                    one.issuer(),
                    one.areaName(),
                    one.issuedOn(),
                    one.validFrom(),
                    one.validUntil(),
                    one.link());
        }
    }

    private static boolean keeper(Reader reader) {
        return !reader.scope(
                        org.hemei.registry.Office.CITY,
                        org.hemei.registry.Office.DISTRICT,
                        org.hemei.registry.Office.ORGANISATION)
                .isEmpty();
    }

    @GetMapping("/policies/{id:\\d{1,18}}")
    String one(Reader reader, @PathVariable long id, Model model) {
        var policy = policy(id);
        model.addAttribute("policy", policy);
        model.addAttribute("series", policies.one(policy.partOf()).orElse(null));
        model.addAttribute("older", policies.one(policy.supersedes()).orElse(null));
        model.addAttribute("newer", policies.supersededBy(id));
        model.addAttribute("parts", policies.parts(id));
        model.addAttribute("resting", rules.restingOn(policy));
        model.addAttribute("cited", rules.named(policies.cited(id)));
        model.addAttribute("files", attachments.list(district(policy), PolicyDesk.OWNER_KIND, String.valueOf(id)));
        model.addAttribute("today", today());
        model.addAttribute("staff", !Areas.seen(reader).isEmpty());
        model.addAttribute("may", PolicyDesk.keeps(reader, policy.area()));
        return "registry/policy/one";
    }

    /** Handed to visitors too, who have no way through /attachments; never shown in place, never guessed at. */
    @GetMapping("/policies/{id:\\d{1,18}}/files/{file}")
    ResponseEntity<Resource> file(@PathVariable long id, @PathVariable UUID file) throws IOException {
        var policy = policy(id);
        var found = attachments.list(district(policy), PolicyDesk.OWNER_KIND, String.valueOf(id)).stream()
                .filter(attachment -> attachment.id().equals(file))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这个附件。"));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(found))
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.parseMediaType(found.mediaType()))
                .contentLength(found.byteSize())
                .body(new InputStreamResource(attachments.open(found)));
    }

    private static String disposition(Attachment file) {
        return ContentDisposition.attachment()
                .filename(file.fileName(), java.nio.charset.StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static int district(Policy policy) {
        return PolicyDesk.district(policy.area());
    }

    private Policy policy(long id) {
        return policies.one(id).orElseThrow(() -> new Missing("没有这份文件。可以按标题再找找。"));
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
