package org.hemei.platform.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.view.AbstractView;

/** Pages are templates compiled at build time; the name of a view is the path of its template: workorder/inbox. */
@Configuration(proxyBeanMethods = false)
class JteViews {

    @Bean
    TemplateEngine templateEngine() {
        var engine = TemplateEngine.createPrecompiled(
                null, ContentType.Html, getClass().getClassLoader(), "org.hemei");
        engine.setBinaryStaticContent(true);
        engine.setTrimControlStructures(true);
        return engine;
    }

    @Bean
    ViewResolver jteViewResolver(TemplateEngine engine, Shells shells) {
        return (name, locale) -> name.contains(":") ? null : new JteView(engine, shells, name + ".jte");
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
