package org.hemei.registry.people;

import java.util.Collection;
import java.util.List;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.stereotype.Component;

/**
 * Which person a membership belongs to, as it is stored: encrypted, and as a keyed blind index by which equal persons are found.
 * Nobody who has only the database can tell who is a member, nor who is not.
 */
@Component
class PartyHolder {

    private final FieldCipher cipher;

    PartyHolder(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** @param note what else the organisation keeps on the membership; may be empty */
    byte[] seal(long person, String note) {
        return cipher.encrypt(note.isEmpty() ? String.valueOf(person) : person + "\n" + note);
    }

    long person(byte[] sealed) {
        return Long.parseLong(cipher.decrypt(sealed).lines().findFirst().orElse("0"));
    }

    String note(byte[] sealed) {
        var clear = cipher.decrypt(sealed);
        var line = clear.indexOf('\n');
        return line < 0 ? "" : clear.substring(line + 1);
    }

    byte[] index(long person) {
        return cipher.blindIndex(indexed(person));
    }

    /** Of many, in their order. */
    List<byte[]> indexes(Collection<Long> people) {
        return cipher.blindIndexes(people.stream().map(PartyHolder::indexed).toList());
    }

    private static String indexed(long person) {
        return "party:" + person;
    }
}
