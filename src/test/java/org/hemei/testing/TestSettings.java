package org.hemei.testing;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Points the application at the tests' own database, files and keys. */
public final class TestSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "hemei.db.url=" + Database.url(),
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=",
                        "hemei.demo=off",
                        // a test that needs a job runs it itself
                        "hemei.jobs=off",
                        // there is e-mail; a test that sends some brings a server
                        "spring.mail.host=localhost",
                        "hemei.address=https://hemei.example",
                        "hemei.data=" + Database.folder().resolve("data"),
                        "hemei.keys=" + Database.folder().resolve("keys"))
                .applyTo(context);
    }
}
