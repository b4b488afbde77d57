package org.hemei.oversight;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.hemei.platform.MechanismCheck.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the words that rules rest on can be read: the article or document that a basis names, among the registered ones. */
@Component
class Sources {

    /** @param link the text itself, outside; null where none is registered */
    record Source(long id, @Nullable String link) {}

    private final JdbcClient jdbc;

    Sources(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By the name of the basis; what is not registered is not among them. */
    Map<String, Source> of(Collection<Rule> rules) {
        var names = rules.stream().map(rule -> rule.basis().name()).distinct().toArray(String[]::new);
        var sources = new HashMap<String, Source>();
        jdbc.sql("""
                        select n.name, p.id, p.link
                        from unnest(cast(:names as text[])) n (name)
                                 cross join lateral (select id, link from policy where number = n.name or title = n.name
                                                     order by valid_until is null desc, id desc limit 1) p
                        """).param("names", names).query(r -> {
            sources.put(r.getString("name"), new Source(r.getLong("id"), r.getString("link")));
        });
        return sources;
    }
}
