package org.hemei;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** 和美: starts the whole system. */
@SpringBootApplication
public class Hemei {

    public static void main(String[] args) {
        SpringApplication.run(Hemei.class, args);
    }
}
