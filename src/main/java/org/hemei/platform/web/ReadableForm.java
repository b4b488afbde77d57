package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * After the gate, when uploads are unpacked: their fields must be text as well (see {@link ReadableText}), and no name has
 * an index. No form of ours has such a name, and Spring's binder breaks on one like {@code photos[x]}. Open311 names its
 * attributes so; it reads them by name, takes no uploads, and has been looked at before the gate.
 */
@Configuration(proxyBeanMethods = false)
class ReadableForm implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/assets/**", "/webjars/**", "/error", "/open311/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws ServletRequestBindingException {
        for (var parameter : request.getParameterMap().entrySet()) {
            if (parameter.getKey().indexOf('[') >= 0) {
                throw new ServletRequestBindingException("a name with an index");
            }
            for (var value : parameter.getValue()) {
                if (!ReadableText.isText(value)) {
                    throw new ServletRequestBindingException("not text");
                }
            }
        }
        return true;
    }
}
