package org.hemei;

import org.hemei.platform.db.DatabaseAhead;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** 和美: starts the whole system. */
@SpringBootApplication
public class Hemei {

    public static void main(String[] args) {
        var application = new SpringApplication(Hemei.class);
        application.addListeners(new DatabaseAhead());
        application.run(args);
    }
}
