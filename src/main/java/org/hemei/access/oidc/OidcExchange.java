package org.hemei.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.oidc.OidcProvider.Attempt;
import org.hemei.platform.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conversation with a provider: authorization code with PKCE, state and nonce; the library checks what comes back. */
final class OidcExchange {

    private static final Logger LOG = LoggerFactory.getLogger(OidcExchange.class);
    private static final int PATIENCE = 5000;
    private static final List<JWSAlgorithm> SIGNATURES = List.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.ES256,
            JWSAlgorithm.PS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.ES384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.ES512);

    /** @param methods acr and amr, as the provider puts them */
    record Proven(String subject, List<String> methods) {}

    private final OIDCProviderMetadata provider;
    private final ClientID client;
    private final Secret secret;
    private final IDTokenValidator validator;

    private OidcExchange(OIDCProviderMetadata provider, ClientID client, Secret secret, IDTokenValidator validator) {
        this.provider = provider;
        this.client = client;
        this.secret = secret;
        this.validator = validator;
    }

    static OidcExchange with(String issuer, String client, String secret) {
        try {
            var known = OIDCProviderMetadata.resolve(new Issuer(issuer), PATIENCE, PATIENCE);
            var offered = known.getIDTokenJWSAlgs();
            var signature = SIGNATURES.stream()
                    .filter(one -> offered == null || offered.contains(one))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no signature of the provider is known here"));
            var id = new ClientID(client);
            var validator = new IDTokenValidator(
                    new Issuer(issuer), id, signature, known.getJWKSetURI().toURL());
            return new OidcExchange(known, id, new Secret(secret), validator);
        } catch (GeneralException | IOException away) {
            LOG.warn("The OpenID Connect provider {} cannot be read: {}", issuer, away.toString());
            throw unreachable();
        }
    }

    private static Refusal unreachable() {
        return Refusal.of("统一认证现在连不上。请用账号和密码登录，或过一会儿再试。");
    }

    URI begin(Attempt attempt, URI back) {
        return new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid"), client, back)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    Proven finish(Attempt attempt, String code, URI back) {
        try {
            var grant =
                    new AuthorizationCodeGrant(new AuthorizationCode(code), back, new CodeVerifier(attempt.verifier()));
            var request = new TokenRequest.Builder(
                            provider.getTokenEndpointURI(), new ClientSecretBasic(client, secret), grant)
                    .build()
                    .toHTTPRequest();
            request.setConnectTimeout(PATIENCE);
            request.setReadTimeout(PATIENCE);
            var response = OIDCTokenResponseParser.parse(request.send());
            if (!(response instanceof OIDCTokenResponse success)) {
                LOG.warn(
                        "The OpenID Connect provider refused a code: {}",
                        response.toErrorResponse().getErrorObject());
                throw Refusal.of("统一认证没有通过。请重新登录一次。");
            }
            return proven(validator.validate(success.getOIDCTokens().getIDToken(), new Nonce(attempt.nonce())));
        } catch (BadJOSEException | JOSEException | GeneralException e) {
            LOG.warn("What the OpenID Connect provider sent does not hold: {}", e.toString());
            throw Refusal.of("统一认证没有通过。请重新登录一次。");
        } catch (IOException away) {
            LOG.warn("The OpenID Connect provider does not answer: {}", away.toString());
            throw unreachable();
        }
    }

    private static Proven proven(IDTokenClaimsSet claims) {
        List<String> methods = new ArrayList<>();
        if (claims.getACR() != null) {
            methods.add(claims.getACR().getValue());
        }
        if (claims.getAMR() != null) {
            claims.getAMR().forEach(one -> methods.add(one.getValue()));
        }
        return new Proven(claims.getSubject().getValue(), methods);
    }
}
