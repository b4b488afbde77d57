package org.hemei.access;

import jakarta.servlet.DispatcherType;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.access.token.BearerFilter;
import org.hemei.access.token.ProgramGate;
import org.hemei.access.token.ScopeGate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The gate: what is public, what every answer's headers say, and nothing that a request does not need. */
@Configuration(proxyBeanMethods = false)
class SecurityConfig {

    private static final String CSP =
            "default-src 'self'; img-src 'self' data: blob:%s; style-src 'self'; script-src 'self'; "
                    + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    /** Everything from here; pictures of the map also from where the city has its tiles, if it has any. */
    private final String policy;

    SecurityConfig(@Value("${hemei.map.tiles:}") String tiles) {
        this.policy = CSP.formatted(tileHost(tiles));
    }

    private static String tileHost(String tiles) {
        var origin = Pattern.compile("(https?://[A-Za-z0-9.:-]+)/.*").matcher(tiles);
        return origin.matches() ? " " + origin.group(1) : "";
    }

    private static final String[] PUBLIC = {
        "/",
        "/sign-in/**",
        "/setup",
        "/estates",
        "/estates/*",
        "/companies/*/public",
        "/reports",
        "/reports/*",
        "/reports/*/verify",
        "/blacklist",
        "/tender-references/verify",
        "/policies/**",
        "/schemes",
        "/schemes/*",
        "/campaigns",
        "/campaigns/*",
        "/campaigns/*/sample",
        "/campaigns/*/sample.csv",
        "/ratings",
        "/ratings.csv",
        "/ratings.json",
        "/scores/*",
        "/companies/*/years",
        "/companies/*/years/*",
        "/assets/**",
        "/webjars/**",
        "/favicon.ico",
        "/unsubscribe/*",
        "/open-data",
        "/open-data/*",
        "/estates/*/feed.atom",
        "/feeds/deadlines/*",
        "/demo/**",
        "/actuator/health/**",
        "/v3/api-docs/**",
        "/docs/**",
        "/error"
    };

    /** Programs: no session, so no forged form either; what a token opens is for {@link ScopeGate} to say. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, ProgramGate programs, Turnaway turnaway) {
        return http.securityMatcher(BearerFilter::isPrograms)
                .securityContext(c -> c.securityContextRepository(new NullSecurityContextRepository()))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(this::headers)
                .exceptionHandling(e -> e.authenticationEntryPoint(turnaway).accessDeniedHandler(turnaway))
                .addFilterBefore(programs.filter(), AuthorizationFilter.class)
                .authorizeHttpRequests(a -> a.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/open311/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .build();
    }

    private void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(p -> p.policyDirectives(policy))
                .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    @Bean
    @Order(2)
    SecurityFilterChain gate(
            HttpSecurity http, AccountContexts contexts, Turnaway turnaway, CsrfTokenRepository csrf, Readers readers) {
        return http.securityContext(c -> c.securityContextRepository(contexts))
                .csrf(c -> c.csrfTokenRepository(csrf)
                        // one click in a mail program (RFC 8058) comes without a form of ours; the signed address is
                        // the proof
                        .ignoringRequestMatchers("/unsubscribe/*"))
                .headers(this::headers)
                .exceptionHandling(e -> e.authenticationEntryPoint(turnaway).accessDeniedHandler(turnaway))
                .authorizeHttpRequests(a -> a.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(PUBLIC)
                        .permitAll()
                        // figures of the running system are the system administrator's business
                        .requestMatchers("/actuator/**")
                        .access((who, context) -> new AuthorizationDecision(who.get() != null
                                && who.get().getPrincipal() instanceof AccountPrincipal principal
                                && readers.of(principal.account())
                                        .filter(reader -> reader.has(Role.SYSTEM)
                                                && !SecondFactorDue.isDue(context.getRequest(), reader))
                                        .isPresent()))
                        .anyRequest()
                        .authenticated())
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .build();
    }

    /**
     * A NUL is no character of any text; PostgreSQL takes none, so the request is malformed (400), not our error. What a
     * header may hold the container has decided; bytes beyond ASCII come as control characters and must not break the page
     * that answers them.
     */
    @Bean
    StrictHttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value == null || value.indexOf('\0') < 0);
        firewall.setAllowedHeaderValues(value -> true);
        // as the framework's own pattern says it, which ran for each look at a parameter
        firewall.setAllowedParameterNames(
                name -> name.codePoints().allMatch(c -> Character.isDefined(c) && !Character.isISOControl(c)));
        return firewall;
    }

    /** Timing each filter of the chain on each request costs more than it tells; the request as a whole is still timed. */
    @Bean
    SecurityObservationSettings requestsAreTimedAsAWhole() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    CsrfTokenRepository csrfTokens() {
        return new HttpSessionCsrfTokenRepository();
    }

    /** Argon2id with the least cost OWASP names: 19 MiB, two passes. */
    @Bean
    PasswordEncoder passwordEncoder() {
        return new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    }

    /** Signing in is done by our own pages; with this nobody gets the framework's default user. */
    @Bean
    AuthenticationManager noOtherWayIn() {
        return authentication -> {
            throw new ProviderNotFoundException("sign in through the pages");
        };
    }

    @Bean
    WebMvcConfigurer readersAndFirstPasswords(ReaderArgument argument, SecondFactorDue secondFactor, ScopeGate scopes) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(argument);
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(scopes).addPathPatterns("/api/**", "/open311/**");
                registry.addInterceptor(new FirstPassword())
                        .excludePathPatterns(
                                "/assets/**", "/webjars/**", "/sign-out", "/me/password/**", "/demo/mailbox", "/error");
                registry.addInterceptor(secondFactor).excludePathPatterns(SecondFactorDue.openWithout());
            }
        };
    }
}
