package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 三员分立: in the rule, at the desk, and in the table itself. */
@HemeiTest
class SeparationTest {

    @Autowired
    Towns towns;

    @Autowired
    AccountDesk desk;

    @Autowired
    JdbcClient jdbc;

    Town town;

    @BeforeEach
    void people() {
        town = towns.make();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void ofAnyTwoRolesTheRuleAndTheTableSayTheSame(Role held) {
        for (var wanted : Role.values()) {
            if (wanted == Role.ASSESSOR || held == Role.ASSESSOR) {
                continue; // a rule of evaluations, not of administrators
            }
            var apart = wanted != held
                    && wanted != Role.RESIDENT
                    && held != Role.RESIDENT
                    && (wanted.administers() || held.administers());
            assertThat(Separation.reasons(wanted, Set.of(held)).isEmpty())
                    .as("%s besides %s", wanted, held)
                    .isEqualTo(!apart);
            var account = towns.account();
            give(account, held);
            if (apart) {
                assertThatThrownBy(() -> give(account, wanted)).isInstanceOf(DataIntegrityViolationException.class);
            } else {
                give(account, wanted);
            }
        }
    }

    private void give(long account, Role role) {
        var near = town.near();
        var forBody = GrantRule.actsForBody(role);
        var resident = role == Role.RESIDENT;
        towns.grant(
                account,
                role,
                forBody || resident ? null : town.city(),
                resident ? near.garden() : null,
                forBody ? near.company() : null,
                resident ? near.unit() : null);
    }

    private long clerk() {
        var account = towns.account();
        jdbc.sql("update account set username = 'clerk' || id, password_hash = 'x' where id = ?")
                .param(account)
                .update();
        return account;
    }

    @Test
    void theDeskSaysWhy() {
        var account = clerk();
        desk.grant(town.security(), account, Role.STREET, town.near().street(), null, null);
        assertThatThrownBy(() -> desk.grant(town.security(), account, Role.AUDIT, town.city(), null, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能兼任业务职责");
        assertThatThrownBy(
                        () -> desk.grant(town.security(), town.system().account(), Role.AUDIT, town.city(), null, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能是同一个人");
        assertThatThrownBy(
                        () -> desk.grant(town.security(), town.audit().account(), Role.CITY, town.city(), null, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("审计管理员");
    }

    @Test
    void anAssessorIsAThirdParty() {
        for (var other : Role.values()) {
            var apart = Set.of(
                            Role.COMMUNITY,
                            Role.STREET,
                            Role.DISTRICT,
                            Role.CITY,
                            Role.HOUSING,
                            Role.MANAGER,
                            Role.STAFF)
                    .contains(other);
            assertThat(Separation.reasons(Role.ASSESSOR, Set.of(other)).isEmpty())
                    .as("%s", other)
                    .isEqualTo(!apart && !other.administers());
            assertThat(Separation.reasons(other, Set.of(Role.ASSESSOR)).isEmpty())
                    .as("%s", other)
                    .isEqualTo(!apart && !other.administers());
        }
        var account = clerk();
        desk.grant(town.security(), account, Role.STREET, town.near().street(), null, null);
        assertThatThrownBy(() -> desk.grant(town.security(), account, Role.ASSESSOR, town.city(), null, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("测评员不打分");
    }

    @Test
    void whatEndedStandsInNobodysWay() {
        var account = clerk();
        desk.grant(town.security(), account, Role.STREET, town.near().street(), null, null);
        var grant = jdbc.sql("select id from access_grant where account = ?")
                .param(account)
                .query(Long.class)
                .single();
        desk.endGrant(town.security(), account, grant, "调到别处");
        desk.grant(town.security(), account, Role.AUDIT, town.city(), null, null);
        assertThat(towns.reader(account).has(Role.AUDIT)).isTrue();
        assertThat(towns.reader(account).has(Role.STREET)).isFalse();
    }
}
