package org.hemei;

import org.hemei.platform.db.DatabaseAhead;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.SpringProperties;

/** 和美: starts the whole system. */
@SpringBootApplication
public class Hemei {

    public static void main(String[] args) {
        // a packaged system knows its parts already (docs/adr/0015); classes straight from the compiler do not
        if (Hemei.class.getPackage().getImplementationVersion() != null) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
        var application = new SpringApplication(Hemei.class);
        application.addListeners(new DatabaseAhead());
        application.run(args);
    }
}
