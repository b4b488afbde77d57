package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A town with its network, and the verbs of bodies. */
@HemeiTest
abstract class BodyCase {

    static final LocalDate MARCH = LocalDate.of(2026, 3, 1);

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    FoundingDesk founding;

    @Autowired
    BodyDesk desk;

    @Autowired
    Bodies bodies;

    @Autowired
    BodyUpkeep upkeep;

    @Autowired
    ArticleFigures figures;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    Town town;
    Network network;
    Reader office;

    @BeforeEach
    void build() {
        town = towns.make();
        network = new Network(jdbc, town);
        office = towns.account(org.hemei.access.Role.ORGANISATION, town.city(), null, null, null);
    }

    @AfterEach
    void back() {
        clock.reset();
    }

    void member(long organisation, String holder, String kind) {
        network.member(organisation, holder, cipher.encrypt(holder), kind);
    }

    long found(
            Reader who,
            BodyKind kind,
            String name,
            String area,
            @Nullable Long estate,
            @Nullable Long parent,
            LocalDate day) {
        return founding.found(
                who,
                new FoundingDesk.Founding(kind, name, name, area, estate, parent, List.of(), null, false, day, "批复"));
    }

    static List<@Nullable String> fields(Runnable work) {
        var refusal = catchThrowableOfType(Refusal.class, work::run);
        assertThat(refusal).as("refused").isNotNull();
        return refusal.reasons().stream().map(Reason::field).toList();
    }

    long last(long body) {
        return jdbc.sql("select max(id) from body_change where body = ?")
                .param(body)
                .query(Long.class)
                .single();
    }

    long counted(String area, LocalDate on) {
        return figure(ArticleFigures.Kind.BRANCHES, area, on);
    }

    long figure(ArticleFigures.Kind kind, String area, LocalDate on) {
        return figures.of(area, on).stream()
                .filter(figure -> figure.kind() == kind)
                .findFirst()
                .orElseThrow()
                .counted();
    }

    long building(long estate, String name) {
        return jdbc.sql("insert into building (estate, name, floors, position) values (?, ?, 6, 90) returning id")
                .params(estate, name)
                .query(Long.class)
                .single();
    }

    long post(long body, LocalDate from) {
        return jdbc.sql(
                        "insert into appointment (person, body, post, during) values (?, ?, '负责人', daterange(?, null)) returning id")
                .params(towns.person("管事的"), body, from)
                .query(Long.class)
                .single();
    }

    List<String> held(long group, LocalDate on) {
        return jdbc.sql(
                        "select u.name from body_building m join building u on u.id = m.building where m.body = ? and m.during @> cast(? as date)")
                .params(group, on)
                .query(String.class)
                .list();
    }

    List<String> reasons(long appointment) {
        return jdbc.sql("select reason from appointment_change where appointment = ? and verb = 'ended'")
                .param(appointment)
                .query(String.class)
                .list();
    }

    String page(String path) throws Exception {
        return mvc.perform(get(path).with(as(office)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    String name(long id, LocalDate on) {
        return bodies.find(id, on).orElseThrow().name();
    }

    List<String> verbs(long id) {
        return jdbc.sql("select verb from body_change where body = ? order by id")
                .param(id)
                .query(String.class)
                .list();
    }

    int members(long id, String kind, LocalDate on) {
        return jdbc.sql(
                        "select count(*) from party_membership where organisation = ? and kind = ? and during @> cast(? as date)")
                .params(id, kind, on)
                .query(Integer.class)
                .single();
    }
}
