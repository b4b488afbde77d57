package org.hemei.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** A Spring Authorization Server on a port of its own: discovery, codes, tokens and keys are what any provider's are. */
public final class RealProvider implements AutoCloseable {

    public static final String CLIENT = "hemei";
    public static final String SECRET = "a-secret-of-the-tests";
    public static final String BACK = "http://127.0.0.1/sign-in/oidc/back";

    private static final String USER = "X-User";

    private final Tomcat tomcat;

    private RealProvider(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    public static RealProvider start() {
        try {
            var tomcat = new Tomcat();
            tomcat.setBaseDir(Files.createTempDirectory("provider").toString());
            tomcat.setPort(0);
            tomcat.getConnector();
            var host = tomcat.addContext("", null);
            var spring = new AnnotationConfigWebApplicationContext();
            spring.register(Settings.class);
            host.addServletContainerInitializer(
                    (classes, context) -> {
                        spring.setServletContext(context);
                        var dispatcher = context.addServlet("dispatcher", new DispatcherServlet(spring));
                        dispatcher.addMapping("/");
                        dispatcher.setLoadOnStartup(1);
                        var filter = new DelegatingFilterProxy("springSecurityFilterChain", spring);
                        context.addFilter("security", filter).addMappingForUrlPatterns(null, false, "/*");
                    },
                    null);
            tomcat.start();
            return new RealProvider(tomcat);
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    /** What a browser does there: signs in as the user and is sent back. @return the address with code and state */
    public URI visit(String address, String user) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header(USER, user)
                .header("Accept", "text/html")
                .build();
        try (var browser = HttpClient.newHttpClient()) {
            var answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
            return URI.create(answer.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new IllegalStateException(answer.statusCode() + " " + answer.body())));
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not marked as a configuration, so that the application under test does not find it. */
    @EnableWebSecurity
    @EnableWebMvc
    static class Settings {

        @Bean
        SecurityFilterChain chain(HttpSecurity http) {
            return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(all -> all.anyRequest().authenticated())
                    .addFilterAfter(Settings::whoever, SecurityContextHolderFilter.class)
                    .build();
        }

        /** How people show who they are there is no business of this house: they say so. */
        private static void whoever(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            var user = ((HttpServletRequest) request).getHeader(USER);
            if (user != null) {
                SecurityContextHolder.setContext(
                        new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                                user,
                                null,
                                List.of(FactorGrantedAuthority.fromAuthority(
                                        FactorGrantedAuthority.PASSWORD_AUTHORITY)))));
            }
            chain.doFilter(request, response);
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(
                    RegisteredClient.withId(UUID.randomUUID().toString())
                            .clientId(CLIENT)
                            .clientSecret("{noop}" + SECRET)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                            .redirectUri(BACK)
                            .scope("openid")
                            .clientSettings(ClientSettings.builder()
                                    .requireProofKey(true)
                                    .requireAuthorizationConsent(false)
                                    .build())
                            .build());
        }

        /** Of bo it says that two factors were seen. */
        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> methods() {
            return context -> {
                if (context.getPrincipal().getName().equals("bo")) {
                    context.getClaims().claim("amr", List.of("pwd", "mfa"));
                }
            };
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return NimbusJwtDecoder.withJwkSource(keys).build();
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }
    }
}
