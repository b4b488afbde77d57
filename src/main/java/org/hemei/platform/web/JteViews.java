package org.hemei.platform.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.view.AbstractView;

/** Pages are templates compiled at build time; the name of a view is the path of its template: workorder/inbox. */
@Configuration(proxyBeanMethods = false)
class JteViews {

    private static final String REDIRECT = "redirect:";

    @Bean
    TemplateEngine templateEngine() {
        var engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, getClass().getClassLoader(), "org.hemei");
        engine.setBinaryStaticContent(true);
        engine.setTrimControlStructures(true);
        return engine;
    }

    /** Under this name it takes the place of the resolver that would ask all others for each page and each redirect. */
    @Bean
    ViewResolver viewResolver(TemplateEngine engine, Shells shells) {
        return (name, locale) -> name.startsWith(REDIRECT)
                ? new SeeOther(name.substring(REDIRECT.length()))
                : new JteView(engine, shells, name + ".jte");
    }

    /** After a form was handed in: look there, with GET (RFC 9110, 303), so that reloading hands in nothing. */
    private record SeeOther(String path) implements View {
        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, path);
        }
    }

    private static final class JteView extends AbstractView {
        private final TemplateEngine engine;
        private final Shells shells;
        private final String template;

        JteView(TemplateEngine engine, Shells shells, String template) {
            this.engine = engine;
            this.shells = shells;
            this.template = template;
            setContentType("text/html;charset=UTF-8");
        }

        @Override
        protected void renderMergedOutputModel(
                Map<String, Object> model, HttpServletRequest request, HttpServletResponse response) throws Exception {
            var params = new HashMap<String, Object>(model);
            params.keySet().removeIf(key -> key.contains("."));
            // a page for our own faults says that it wants none
            if (!params.containsKey("shell")) {
                params.put("shell", shells.of(request));
            }
            var out = new Utf8ByteOutput();
            engine.render(template, params, out);
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(out.getContentLength());
            out.writeTo(response.getOutputStream());
        }
    }
}
