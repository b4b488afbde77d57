package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.evaluation.campaign.CampaignState.*;
import static org.hemei.evaluation.campaign.CampaignVerb.*;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.evaluation.campaign.Agreement.Pair;
import org.junit.jupiter.api.Test;

/** The table of a campaign's moves, every pair of it and no other; and how far two assessors agree. */
class CampaignTableTest {

    @Test
    void only_what_stands_in_the_table_can_happen() {
        var allowed = Map.of(
                PLANNED, Set.of(REFRAME, DRAW, CANCEL),
                DRAWN, Set.of(REDRAW, SEAL, CANCEL),
                SEALED, Set.of(OPEN, CANCEL),
                COLLECTING, Set.of(CLOSE, CANCEL),
                REVIEW, Set.of(COMPUTE, AGAIN, RECALL, CANCEL),
                PRELIMINARY, Set.of(COMPUTE, AGAIN, RECALL, PUBLISH, CANCEL),
                OBJECTION, Set.of(CONCLUDE),
                FINAL, Set.<CampaignVerb>of(),
                CANCELLED, Set.<CampaignVerb>of());
        for (var state : CampaignState.values()) {
            for (var verb : CampaignVerb.values()) {
                assertThat(verb.after(state).isPresent())
                        .as(state + " " + verb)
                        .isEqualTo(allowed.get(state).contains(verb));
            }
        }
    }

    @Test
    void kappa_is_agreement_beyond_chance() {
        // Cohen 1960: 20 yes-yes, 15 no-no, 5 and 10 apart: observed 0.7, expected 0.5
        var pairs = new java.util.ArrayList<Pair>();
        for (int n = 0; n < 50; n++) {
            pairs.add(new Pair(n < 25 ? "met" : "not", n < 20 || n >= 25 && n < 35 ? "met" : "not"));
        }
        assertThat(Agreement.of(pairs).kappa()).isEqualTo(40);
        assertThat(Agreement.of(pairs).same()).isEqualTo(35);
        assertThat(Agreement.of(List.of(new Pair("met", "met"))).kappa()).isNull();
        assertThat(Agreement.of(List.of(new Pair("met", "not"), new Pair("not", "met")))
                        .kappa())
                .isEqualTo(-100);
        assertThat(Agreement.of(List.of()).kappa()).isNull();
    }
}
