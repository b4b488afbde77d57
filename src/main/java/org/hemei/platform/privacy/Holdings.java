package org.hemei.platform.privacy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All that is held on one person, out of what the rooms say. */
@Component
class Holdings {

    private final List<PersonalData> rooms;
    private final Audit audit;

    Holdings(List<PersonalData> rooms, Audit audit) {
        this.rooms = rooms.stream()
                .sorted(Comparator.comparingInt(PersonalData::order))
                .toList();
        this.audit = audit;
    }

    List<PersonalData.Section> held(long person) {
        return all(room -> room.held(person).stream()).toList();
    }

    List<PersonalData.Reveal> reveals(long person) {
        return all(room -> room.reveals(person).stream())
                .sorted(Comparator.comparing(PersonalData.Reveal::at).reversed())
                .limit(200)
                .toList();
    }

    List<PersonalData.Stays> stays(long person) {
        return all(room -> room.stays(person).stream()).toList();
    }

    void erase(long person) {
        var inOffice = stays(person).stream().anyMatch(stay -> stay.ground() == Ground.IN_OFFICE);
        // last to first: the person's own record goes at the end, because others find theirs by its phone
        rooms.reversed().forEach(room -> room.erase(person, inOffice));
    }

    void correct(long person, @Nullable String name, @Nullable String phone) {
        rooms.forEach(room -> room.correct(person, name, phone));
    }

    @Nullable
    String area(long person) {
        return first(room -> room.area(person));
    }

    @Nullable
    String phone(long person) {
        return first(room -> room.phone(person));
    }

    /** Everything as one document; that it was taken is on record. */
    @Transactional
    public Map<String, Object> document(Reader reader) {
        audit.record(reader, 0, "privacy.exported", "account", reader.account(), null, Map.of());
        return Map.of(
                "held", held(reader.person()),
                "seen_by", reveals(reader.person()),
                "stays_on_erasure", stays(reader.person()));
    }

    private <T> Stream<T> all(Function<PersonalData, Stream<T>> what) {
        return rooms.stream().flatMap(what);
    }

    private @Nullable String first(Function<PersonalData, @Nullable String> what) {
        for (var room : rooms) {
            var answer = what.apply(room);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }
}
