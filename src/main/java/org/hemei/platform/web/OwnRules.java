package org.hemei.platform.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What a form may say is decided by our own rules, which give every reason in Chinese ({@link org.hemei.platform.Refusal}).
 * Annotations are not checked, and their library is not started.
 */
@Configuration(proxyBeanMethods = false)
class OwnRules implements WebMvcConfigurer, Validator {

    @Override
    public Validator getValidator() {
        return this;
    }

    @Override
    public boolean supports(Class<?> type) {
        return true;
    }

    @Override
    public void validate(Object target, Errors errors) {
        // nothing here: see above
    }
}
