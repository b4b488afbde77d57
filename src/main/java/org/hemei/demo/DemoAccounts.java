package org.hemei.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.DemoMode;
import org.hemei.platform.DemoSignIns;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.reference.ReferenceTable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How to come in as each of the people of the demo city. All of them are invented; their password is no secret. */
@Component
public class DemoAccounts implements DemoSignIns {

    /** Of every member of staff in the demo city. */
    public static final String PASSWORD = "Hemei-2026";

    /** How many residents can sign in, see {@link #residentPhone}. */
    public static final int RESIDENTS = Residents.NUMBER;

    private static final String FILE = "demo/sign-ins.csv";

    /**
     * @param group those one would look for the person among
     * @param role in Chinese, as people call it
     * @param name user name, or the phone number of a resident
     * @param secret the password, or where the one-time code is to be found
     * @param sees what there is to see as this person
     */
    public record SignIn(String group, String role, String name, String secret, String sees) {

        /** The place or body that comes first in what there is to see. */
        String where() {
            return sees.split("[：，]", 2)[0];
        }
    }

    private final boolean on;
    private final List<SignIn> all = read();
    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    DemoAccounts(DemoMode demo, JdbcClient jdbc, FieldCipher cipher) {
        this.on = demo.on();
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    public List<SignIn> all() {
        return all;
    }

    /** Empty without the demo, and while the city is still being loaded. */
    @Override
    public List<Person> people() {
        if (!on) {
            return List.of();
        }
        return all.stream()
                .flatMap(signIn -> jdbc
                        .sql("""
                                select a.id, p.masked_name
                                from account a join person p on p.id = a.person
                                where a.username = ? or p.phone_index = ?
                                """)
                        .params(signIn.name, cipher.blindIndex(signIn.name))
                        .query((r, n) -> new Person(
                                signIn.group, signIn.role, r.getString("masked_name"), signIn.where(), r.getLong("id")))
                        .list()
                        .stream())
                .toList();
    }

    /** The phone number of a resident with a home, counted from 0. */
    public static String residentPhone(int number) {
        if (number < 0 || number >= RESIDENTS) {
            throw new IllegalArgumentException("residents 0 to " + (RESIDENTS - 1) + ", not " + number);
        }
        return People.phone(Residents.FIRST_PHONE + number);
    }

    private static List<SignIn> read() {
        return ReferenceTable.read(FILE).records().stream()
                .map(row -> new SignIn(
                        row.get("group"),
                        row.get("role"),
                        row.get("name"),
                        row.get("key").isEmpty() ? "验证码见演示信箱" : PASSWORD,
                        row.get("sees")))
                .toList();
    }

    /** The names that the well-known ones have instead of their systematic ones. */
    static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (var row : ReferenceTable.read(FILE).records()) {
            if (!row.get("key").isEmpty()) {
                names.put(row.get("key"), row.get("name"));
            }
        }
        return names;
    }
}
