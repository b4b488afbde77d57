package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.PlaceNames;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the {@link Shell} of a page, out of what the rooms offer. */
@Component
public class Shells {

    private static final Reader NOBODY = Reader.VISITOR;

    private final ObjectProvider<CurrentReader> readers;
    private final ObjectProvider<NavEntry> entries;
    private final ObjectProvider<TodoSource> todos;
    private final ObjectProvider<PlaceNames> places;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private volatile boolean demo;

    Shells(
            ObjectProvider<CurrentReader> readers,
            ObjectProvider<NavEntry> entries,
            ObjectProvider<TodoSource> todos,
            ObjectProvider<PlaceNames> places,
            JdbcClient jdbc,
            InstantSource clock) {
        this.readers = readers;
        this.entries = entries;
        this.todos = todos;
        this.places = places;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Shell of(HttpServletRequest request) {
        var known = readers.getIfAvailable();
        return new Shell(request, this, known == null ? NOBODY : known.of(request), clock.instant());
    }

    List<NavEntry.Item> items(Reader reader) {
        return entries.stream()
                .flatMap(entry -> entry.items(reader).stream())
                .sorted(Comparator.comparingInt(NavEntry.Item::order))
                .toList();
    }

    int waiting(Reader reader) {
        return todos.stream().mapToInt(todo -> todo.waiting(reader)).sum();
    }

    int unread(Reader reader) {
        if (!reader.signedIn()) {
            return 0;
        }
        return jdbc.sql("""
                        select count(*) from (select 1 from notice where account = ? and read_at is null limit 100) unread
                        """).param(reader.account()).query(Integer.class).single();
    }

    /** The name of what a code stands for, from the rooms that know places and bodies. */
    String place(String code) {
        return places.stream()
                .flatMap(names -> names.name(code).stream())
                .findFirst()
                .orElse(code);
    }

    /** What is known of it without asking the database. */
    boolean knownDemo() {
        return demo;
    }

    /** Once loaded, the demo city stays; so a yes is remembered, a no is asked again. */
    public boolean demo() {
        if (!demo) {
            demo = jdbc.sql("select exists (select from installation where name = 'demo')")
                    .query(Boolean.class)
                    .single();
        }
        return demo;
    }
}
