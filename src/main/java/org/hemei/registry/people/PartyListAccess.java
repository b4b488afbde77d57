package org.hemei.registry.people;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hemei.platform.AccessReason;
import org.hemei.platform.Reader;
import org.hemei.registry.PartyOffices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who opens the list of an organisation's members: nobody by a grant, its officers by their post. */
@Component
class PartyListAccess implements AccessReason {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final PartyOffices offices;
    private final JdbcClient jdbc;

    PartyListAccess(PartyOffices offices, JdbcClient jdbc) {
        this.offices = offices;
        this.jdbc = jdbc;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new Kind("members", "党员名册", "党组织的编号，在它的网址里"));
    }

    @Override
    public Optional<Answer> ask(String kind, String id, Reader reader) {
        if (!NUMBER.matcher(id).matches()) {
            return Optional.empty();
        }
        var organisation = Long.parseLong(id);
        return jdbc.sql("select name || '党员名册' from body where id = ? and kind = 'party_organisation'")
                .param(organisation)
                .query(String.class)
                .optional()
                .map(name -> new Answer(
                        name,
                        offices.of(reader).stream()
                                .filter(own -> own.id() == organisation && own.given())
                                .map(own -> own.posts() + "，凭在任的职务，看前要选理由")
                                .toList()));
    }
}
