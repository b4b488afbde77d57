package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * 接口说明: the OpenAPI document as a page that can be read, searched and printed. The known viewers need inline styles or evaluated
 * script, which our content security policy refuses, speak English and do not pass axe; so the page is ours (docs/adr/0035).
 */
@Controller
class ApiPages {

    private final ObjectProvider<OpenApiWebMvcResource> documents;
    private final JsonMapper json;
    private final Shells shells;

    ApiPages(ObjectProvider<OpenApiWebMvcResource> documents, JsonMapper json, Shells shells) {
        this.documents = documents;
        this.json = json;
        this.shells = shells;
    }

    @GetMapping("/docs/api")
    ModelAndView page(HttpServletRequest request, @RequestParam(defaultValue = "") String q) {
        try {
            var document = json.readTree(documents.getObject().openapiJson(request, "/v3/api-docs", Locale.CHINA));
            var base = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
            var model = new HashMap<String, Object>();
            model.put("shell", shells.of(request));
            model.put("q", q.strip());
            model.put("api", new ApiReading(document, base).read(q.strip()));
            return new ModelAndView("platform/web/api", model);
        } catch (JacksonException | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
