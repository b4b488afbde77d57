package org.hemei.access.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The provider that is configured, if any (HEMEI_OIDC_ISSUER and its like). It is looked up when somebody first signs in
 * through it, so it costs no start, and the house stands when it is away.
 */
@Component
public class OidcProvider {

    /** What goes with the browser to the provider and must come back; kept in the session. */
    public record Attempt(String state, String nonce, String verifier) {

        static Attempt fresh() {
            return new Attempt(new State().getValue(), new Nonce().getValue(), new CodeVerifier().getValue());
        }
    }

    /** Who the provider says it is. @param second it saw two factors, in the words this house was told to believe */
    public record Identity(String issuer, String subject, boolean second) {}

    private final String issuer;
    private final String client;
    private final String secret;
    private final String words;
    private final String redirect;
    private final List<String> believed;
    private volatile @Nullable OidcExchange exchange;

    OidcProvider(
            @Value("${hemei.oidc.issuer:}") String issuer,
            @Value("${hemei.oidc.client-id:}") String client,
            @Value("${hemei.oidc.client-secret:}") String secret,
            @Value("${hemei.oidc.name:统一认证}") String words,
            @Value("${hemei.oidc.redirect:}") String redirect,
            @Value("${hemei.oidc.second-factor:}") String believed) {
        this.issuer = issuer.strip();
        this.client = client.strip();
        this.secret = secret;
        this.words = words.strip();
        this.redirect = redirect.strip();
        this.believed = Arrays.stream(believed.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        check();
    }

    /** A mistake in the settings stops the start: nobody should find out at the door. */
    private void check() {
        if (!isOn()) {
            return;
        }
        if (client.isEmpty() || secret.isEmpty()) {
            throw new IllegalStateException(
                    "HEMEI_OIDC_ISSUER also needs HEMEI_OIDC_CLIENT_ID and HEMEI_OIDC_CLIENT_SECRET");
        }
        var host = URI.create(issuer).getHost();
        var local = "127.0.0.1".equals(host) || "localhost".equals(host);
        if (!issuer.startsWith("https://") && !local) {
            throw new IllegalStateException("HEMEI_OIDC_ISSUER must begin with https://");
        }
    }

    public boolean isOn() {
        return !issuer.isEmpty();
    }

    public String issuer() {
        return issuer;
    }

    /** What the button says; empty when there is none. */
    public String words() {
        return isOn() ? words : "";
    }

    /** Where the provider sends people back to: as configured, or this very site as the browser knows it. */
    URI back(String here) {
        return URI.create(redirect.isEmpty() ? here : redirect);
    }

    URI begin(Attempt attempt, URI back) {
        return exchange().begin(attempt, back);
    }

    /** @throws Refusal when the provider does not stand for what came back */
    Identity finish(Attempt attempt, String code, URI back) {
        var proven = exchange().finish(attempt, code, back);
        var second = proven.methods().stream().anyMatch(believed::contains);
        return new Identity(issuer, proven.subject(), second);
    }

    private OidcExchange exchange() {
        return Optional.ofNullable(exchange).orElseGet(() -> {
            var made = OidcExchange.with(issuer, client, secret);
            exchange = made;
            return made;
        });
    }
}
