package org.hemei.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Turning the key of the sensitive columns: everything is written anew, everything stays readable, nothing else changes. */
@HemeiTest
class KeyTurnTest {

    @Autowired
    KeyTurn turn;

    @Autowired
    FieldCipher cipher;

    @Autowired
    Keys keys;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    JdbcClient jdbc;

    @Test
    void every_sensitive_column_is_written_with_the_new_key_and_old_values_stay_readable() {
        var town = towns.make();
        var reader = town.near().resident();
        var phone = towns.phoneOf(reader);
        var old = cipher.encrypt("旧钥匙写的");
        var before = cipher.newest();
        var index = index(reader.person());
        imported(reader);
        var lines = new ArrayList<String>();

        var number = turn.run(lines::add);

        assertThat(number).isEqualTo(before + 1);
        assertThat(cipher.newest()).isEqualTo(number);
        assertThat(lines).hasSize(turn.columns().size() + 1).anyMatch(line -> line.contains("person.name_cipher"));
        for (var column : turn.columns()) {
            assertThat(jdbc.sql("select count(*) from %s where %s is not null and get_byte(%s, 0) <> ?"
                                    .formatted(column.table(), column.name(), column.name()))
                            .param(number)
                            .query(Long.class)
                            .single())
                    .as("values of %s.%s with another key", column.table(), column.name())
                    .isZero();
        }
        assertThat(jdbc.sql("""
                        select k.value from import_change, jsonb_each_text(before) k
                        where tab = 'person' and row_id = ? and k.key like '%\\_cipher'
                        """)
                        .param(String.valueOf(reader.person()))
                        .query(String.class)
                        .list())
                .as("what an import keeps for taking it back")
                .hasSize(2)
                .allSatisfy(value -> {
                    var sealed = java.util.HexFormat.of().parseHex(value, 2, value.length());
                    assertThat(FieldCipher.number(sealed)).isEqualTo(number);
                    assertThat(cipher.decrypt(sealed)).isIn("王小试", phone);
                });
        assertThat(towns.phoneOf(reader)).isEqualTo(phone);
        assertThat(cipher.decrypt(old)).as("a backup or a page in flight").isEqualTo("旧钥匙写的");
        assertThat(index(reader.person())).as("people are still found by phone").isEqualTo(index);
        assertThat(new FieldCipher(keys).decrypt(cipher.encrypt("新的")))
                .as("after a restart")
                .isEqualTo("新的");
    }

    private void imported(Reader reader) {
        jdbc.sql("""
                        with run as (
                            insert into import_run (sheet, account, areas, file_name, columns, positions, notes, state, rows, created_at)
                            values ('people', ?, '{80}', 'a.csv', '{}', '{}', '{}', 'applied', 1, now()) returning id)
                        insert into import_change (run, part, tab, row_id, before, after)
                        select run.id, 0, 'person', p.id::text, to_jsonb(p), to_jsonb(p) from run, person p where p.id = ?
                        """).params(reader.account(), reader.person()).update();
    }

    private byte[] index(long person) {
        return jdbc.sql("select phone_index from person where id = ?")
                .param(person)
                .query(byte[].class)
                .single();
    }

    /** What lies in a year that has passed is written anew as well. */
    @Test
    void past_years_are_turned_too() {
        var town = towns.make();
        var order = orders.file(town.near().resident(), town.near().garden(), "楼道灯不亮了");
        jdbc.sql("select archive.open_year(2001)").query((r, n) -> 0).list();
        var columns = jdbc.sql("select archive.columns('public.work_order_words')")
                .query(String.class)
                .single();
        jdbc.sql("insert into archive_years.work_order_words (" + columns + ", archived_year) select " + columns
                        + ", 2001 from work_order_words where district = ? and order_id = ?")
                .params(order.district(), order.id())
                .update();
        jdbc.sql(
                        "update archive_years.work_order_words set caller_phone_cipher = ? where district = ? and order_id = ?")
                .params(cipher.encrypt("13800001111"), order.district(), order.id())
                .update();
        try {
            var number = turn.run(line -> {});
            var value = jdbc.sql(
                            "select caller_phone_cipher from archive_years.work_order_words where district = ? and order_id = ?")
                    .params(order.district(), order.id())
                    .query(byte[].class)
                    .single();
            assertThat(FieldCipher.number(value)).isEqualTo(number);
            assertThat(cipher.decrypt(value)).isEqualTo("13800001111");
        } finally {
            jdbc.sql("delete from archive_years.work_order_words where archived_year = 2001")
                    .update();
        }
    }

    @Test
    void every_column_that_is_encrypted_is_found() {
        assertThat(turn.columns())
                .extracting(column -> column.table() + "." + column.name())
                .contains(
                        "person.name_cipher",
                        "person.phone_cipher",
                        "party_membership.holder_cipher",
                        "work_order_words.caller_phone_cipher",
                        "archive_years.work_order_words.caller_phone_cipher",
                        "sms_message.body_cipher",
                        "privacy_request.words_cipher");
        assertThat(jdbc.sql("""
                        select count(*) from information_schema.columns
                        where data_type = 'bytea' and column_name like '%\\_cipher'
                          and (table_schema = current_schema()
                               or table_schema = 'archive_years' and table_name not similar to '%\\_[0-9]{4}')
                        """).query(Integer.class).single())
                .isEqualTo(turn.columns().size());
    }

    @Test
    void a_turn_that_was_broken_off_is_taken_up() {
        jdbc.sql("insert into key_turn (key_id, started_at) values (?, now())")
                .param(cipher.newest() + 1)
                .update();
        var expected = cipher.newest() + 1;
        assertThat(turn.run(line -> {})).isEqualTo(expected);
        assertThat(jdbc.sql("select count(*) from key_turn where finished_at is null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void another_copy_meets_the_new_key_and_a_missing_one_is_told(@TempDir Path folder) throws IOException {
        var one = new FieldCipher(new Keys(folder));
        var two = new FieldCipher(new Keys(folder));
        one.turn(2);
        assertThat(two.newest()).isEqualTo(1);
        var written = one.encrypt("别处写的");
        assertThat(two.decrypt(written)).isEqualTo("别处写的");
        assertThat(two.newest()).isEqualTo(2);
        java.nio.file.Files.delete(folder.resolve("fields-2.key"));
        assertThatThrownBy(() -> new FieldCipher(new Keys(folder)).decrypt(written))
                .hasMessageContaining("key 2")
                .isInstanceOf(IllegalStateException.class);
    }
}
