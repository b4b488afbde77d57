package org.hemei.evaluation.campaign;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.hemei.access.Role;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 抽样: everybody can repeat the draw of a campaign. */
@Controller
class SamplePages {

    private static final int PAGE = 30;

    private final Campaigns campaigns;
    private final Frames frames;
    private final Schemes schemes;

    SamplePages(Campaigns campaigns, Frames frames, Schemes schemes) {
        this.campaigns = campaigns;
        this.frames = frames;
        this.schemes = schemes;
    }

    /** How the sample came about, and whether drawing once more gives the same. */
    @GetMapping("/campaigns/{id:\\d{1,18}}/sample")
    ModelAndView sample(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String after) {
        var campaign = find(id);
        var scheme = schemes.find(campaign.scheme()).orElseThrow();
        var from = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var found = frames.frames(id, from, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var model = new HashMap<String, Object>();
        model.put("campaign", campaign);
        model.put("most", scheme.content().sampleUnits());
        model.put(
                "check",
                campaign.seed() == null
                        ? null
                        : frames.again(campaign, shown, scheme.content().sampleUnits()));
        model.put("frames", shown);
        model.put("next", found.size() > PAGE ? shown.getLast().estate() : null);
        model.put("first", from == 0);
        model.put("staff", Role.isStaff(reader));
        return new ModelAndView("evaluation/campaign/sample", model);
    }

    /** Units by their numbers, which tell nobody the door; who was drawn is shown when nobody can be pressed for it any longer. */
    @GetMapping("/campaigns/{id:\\d{1,18}}/sample.csv")
    void list(@PathVariable long id, HttpServletResponse response) throws IOException {
        var campaign = find(id);
        if (campaign.state() != CampaignState.FINAL) {
            throw new Missing("测评没有结束，抽到谁还不公布，免得有人上门打招呼。");
        }
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"sample-" + id + ".csv\"");
        var out = response.getWriter();
        out.write("estate,unit,place\n");
        frames.write(id, line -> out.write(line + "\n"));
    }

    private Campaign find(long id) {
        return campaigns.find(id).orElseThrow(() -> new Missing("没有这次测评。"));
    }
}
