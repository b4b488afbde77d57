package org.hemei.workorder.hotline;

import java.util.Optional;
import java.util.UUID;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A matter of the hotline on the near side that nobody has placed yet. */
@Component
class HotlineThings implements RoomThings {

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    HotlineThings(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$hotline" -> Optional.of(String.valueOf(made(town)));
            case "$hotline.returned" -> {
                var id = made(town);
                jdbc.sql(
                                "update hotline_case set waits = false, returned_at = now(), returned_reason = '归市政管' where id = ?")
                        .param(id)
                        .update();
                yield Optional.of(String.valueOf(id));
            }
            default -> Optional.empty();
        };
    }

    private long made(Town town) {
        return jdbc.sql("""
                        insert into hotline_case (number, received_on, estate_name, words_cipher, area)
                        values (?, '2026-11-20', '近处才看得到的事', ?, ?) returning id
                        """)
                .params(
                        "T-" + UUID.randomUUID().toString().substring(0, 18),
                        cipher.encrypt("近处才看得到的事，请来看看。"),
                        town.near().community())
                .query(Long.class)
                .single();
    }
}
