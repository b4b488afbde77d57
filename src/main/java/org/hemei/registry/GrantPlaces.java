package org.hemei.registry;

import java.util.Optional;
import org.hemei.platform.PlaceNames;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Areas and bodies by the codes that grants carry. */
@Component
class GrantPlaces implements PlaceNames {

    private final JdbcClient jdbc;

    GrantPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> name(String code) {
        return code.matches("b\\d{1,18}")
                ? jdbc.sql("select short_name from body where id = ?")
                        .param(Long.valueOf(code.substring(1)))
                        .query(String.class)
                        .optional()
                : jdbc.sql("select name from area where code = ?")
                        .param(code)
                        .query(String.class)
                        .optional()
                        .map(Areas::plain);
    }
}
