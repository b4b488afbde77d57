package org.hemei.platform.transfer;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** $import.wrong|ready|applied: a file of estates that somebody of the near side loaded; $export: a file to fetch. */
@Component
class TransferThings implements RoomThings {

    private final JdbcClient jdbc;

    TransferThings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        if (name.equals("$export")) {
            return Optional.of(
                    export(caller == null || !caller.signedIn() ? town.near().housingDesk() : caller, town));
        }
        if (!name.startsWith("$import.")) {
            return Optional.empty();
        }
        var owner = caller != null && caller.has(Role.HOUSING)
                ? caller
                : town.near().housingDesk();
        var id = jdbc.sql("""
                        insert into import_run (sheet, account, areas, file_name, columns, positions, state, rows, wrong_rows, wrong_cells, created_at, applied_at)
                        values ('estates', :account, array[:area], '小区.xlsx', array['community', 'name'], array[1, 2], :state, 2,
                                case :state when 'wrong' then 1 else 0 end, case :state when 'wrong' then 2 else 0 end, now(),
                                case :state when 'applied' then now() end)
                        returning id
                        """)
                .param("account", owner.account())
                .param("area", String.valueOf(town.near().district()))
                .param("state", name.substring("$import.".length()))
                .query(Long.class)
                .single();
        if (name.endsWith("wrong")) {
            jdbc.sql("""
                            insert into import_error (run, line, position, words, found)
                            values (?, 2, 1, '样子不对。', 'reading'), (?, 2, 2, '太长了，最多 40 个字。', 'reading')
                            """).params(id, id).update();
        }
        return Optional.of(String.valueOf(id));
    }

    private String export(Reader owner, Town town) {
        return jdbc.sql("""
                        insert into export_run (sheet, account, areas, format, rows, expires_at, created_at)
                        values ('estates', ?, array[?], 'csv', 0, now() + interval '1 hour', now()) returning id::text
                        """)
                .params(owner.account(), String.valueOf(town.near().district()))
                .query(String.class)
                .single();
    }
}
