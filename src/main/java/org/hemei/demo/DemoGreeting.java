package org.hemei.demo;

import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever started the demo where it is and as whom to come in. */
@Component
class DemoGreeting {

    private static final Logger LOG = LoggerFactory.getLogger(DemoGreeting.class);

    private final DemoAccounts accounts;
    private final Environment environment;

    DemoGreeting(DemoAccounts accounts, Environment environment) {
        this.accounts = accounts;
        this.environment = environment;
    }

    void say() {
        if (accounts.people().isEmpty()) {
            return;
        }
        var port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        var lines = accounts.all().stream()
                .map(signIn -> "  %s  %s  %s  %s"
                        .formatted(
                                wide(signIn.role(), 8),
                                wide(signIn.name(), 12),
                                wide(signIn.secret(), 10),
                                signIn.sees()))
                .collect(Collectors.joining("\n"));
        LOG.info("和美已就绪：http://localhost:{}\n示例数据，可以用这些人登录：\n{}", port, lines);
    }

    /** Fills up to a width counted in Chinese characters, each as wide as two Latin ones. */
    private static String wide(String text, int characters) {
        long width = text.codePoints().map(c -> c > 0x2E7F ? 2 : 1).sum();
        return text + " ".repeat((int) Math.max(0, 2L * characters - width));
    }
}
