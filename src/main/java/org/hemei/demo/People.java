package org.hemei.demo;

import java.time.Instant;
import java.time.LocalDate;
import org.hemei.demo.Rows.During;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * Invented people, their posts, accounts and grants. Names and numbers are encrypted like real ones; the numbers begin
 * with {@value #PREFIX}, and every person is marked as a sample.
 */
final class People {

    static final String PREFIX = "199000";

    final Rows persons = new Rows("person", "id, name_cipher, masked_name, phone_cipher, phone_index, sample");
    final Rows posts = new Rows("appointment", "id, person, body, post, estate, full_time, during");
    final Rows accounts = new Rows("account", "id, person, username, password_hash, care, created_at");
    final Rows grants = new Rows("access_grant", "id, account, role, area, estate, body, unit, since");

    private final Dice dice = new Dice("people");
    private final Phrases names = Phrases.read("demo/names.txt");
    private final FieldCipher cipher;
    private final String passwordHash;

    /** @param passwordHash of the one password of all sample staff: hashing it for each would take minutes */
    People(FieldCipher cipher, String passwordHash) {
        this.cipher = cipher;
        this.passwordHash = passwordHash;
    }

    /** Somebody who holds a post and has no account: no number is kept. */
    long person() {
        return person((String) null);
    }

    /** @param phone the last five digits */
    long person(int phone) {
        return person(phone(phone));
    }

    private long person(@Nullable String number) {
        var surname = dice.pick(names.words("surnames"));
        var given = dice.pick(names.words("given")) + (dice.chance(0.7) ? dice.pick(names.words("given")) : "");
        long id = persons.nextId();
        persons.add(
                id,
                cipher.encrypt(surname + given),
                surname + "**",
                number == null ? null : cipher.encrypt(number),
                number == null ? null : cipher.blindIndex(number),
                true);
        return id;
    }

    static String phone(int lastDigits) {
        return PREFIX + "%05d".formatted(lastDigits);
    }

    long staffAccount(long person, String username, LocalDate since) {
        long id = accounts.nextId();
        accounts.add(id, person, username, passwordHash, false, CivilTime.startOf(since));
        return id;
    }

    long residentAccount(long person, boolean care, Instant since) {
        long id = accounts.nextId();
        accounts.add(id, person, null, null, care, since);
        return id;
    }

    void post(long person, long body, String post, @Nullable Long estate, LocalDate since) {
        posts.add(posts.nextId(), person, body, post, estate, true, During.since(since));
    }

    void partTime(long person, long body, String post, LocalDate since) {
        posts.add(posts.nextId(), person, body, post, null, false, During.since(since));
    }

    void overArea(long account, String role, String area, LocalDate since) {
        grants.add(grants.nextId(), account, role, area, null, null, null, CivilTime.startOf(since));
    }

    void atBody(long account, String role, long body, @Nullable Long estate, LocalDate since) {
        grants.add(grants.nextId(), account, role, null, estate, body, null, CivilTime.startOf(since));
    }

    void atHome(long account, long estate, long unit, Instant since) {
        grants.add(grants.nextId(), account, "RESIDENT", null, estate, null, unit, since);
    }
}
