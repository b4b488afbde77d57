package org.hemei.registry.people;

import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.util.List;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.PartyOffices;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A branch and a committee of a town, and a secretary who keeps their lists. */
@HemeiTest
abstract class PartyCase {

    @Autowired
    List<org.hemei.platform.MechanismCheck> checks;

    @Autowired
    PartyMemberships memberships;

    @Autowired
    PartyMoves moves;

    @Autowired
    PartyOffices offices;

    @Autowired
    AppointmentDesk appointments;

    @Autowired
    PartyCounts counts;

    @Autowired
    ArticleFigures figures;

    @Autowired
    PartyHolder holder;

    @Autowired
    org.springframework.test.web.servlet.MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side side;
    LocalDate today;
    long branch;
    long committee;
    Reader secretary;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        today = CivilTime.date(clock.instant());
        branch = towns.bodyOf("party_organisation", "estate_branch", "试支部", side.community(), side.garden());
        committee = towns.bodyOf("party_organisation", "community_committee", "试党委", side.community(), null);
        secretary = towns.reader(towns.account());
        towns.post(secretary.person(), branch, "书记");
        towns.post(secretary.person(), committee, "书记");
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    long group() {
        var group = towns.bodyOf("party_organisation", "building_group", "试小组", side.community(), side.garden());
        towns.post(secretary.person(), group, "党小组长");
        return group;
    }

    long member(long person, long organisation, String kind, LocalDate first) {
        return memberships.register(
                secretary, new PartyMemberships.Registration(organisation, kind, person, "", "", null, first, ""));
    }

    String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    String page(String path) throws Exception {
        return page(side.organisationDesk(), path);
    }
}
