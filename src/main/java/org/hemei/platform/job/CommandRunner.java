package org.hemei.platform.job;

import java.util.List;
import org.hemei.platform.Command;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Runs the one {@link Command} this process was started for ({@code hemei.command}) and ends the process. */
@Component
@Order(0)
class CommandRunner implements ApplicationRunner {

    private final String name;
    private final List<Command> commands;
    private final ConfigurableApplicationContext application;

    CommandRunner(
            @Value("${hemei.command:}") String name,
            List<Command> commands,
            ConfigurableApplicationContext application) {
        this.name = name;
        this.commands = commands;
        this.application = application;
    }

    @Override
    public void run(ApplicationArguments words) {
        if (name.isEmpty()) {
            return;
        }
        var code = commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .map(command -> command.run(words.getNonOptionArgs(), System.out))
                .orElseThrow(() -> new IllegalStateException("no command " + name));
        // not from within the start: the context must be complete before it can be closed
        Thread.ofPlatform().start(() -> System.exit(SpringApplication.exit(application, () -> code)));
    }
}
