package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.util.Arrays;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** A form that is refused comes back: the reason stands at its field, and what was typed is still there. */
@HemeiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormAnswersTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    RouteThings things;

    Town town;

    @BeforeAll
    void build() {
        town = towns.make();
    }

    @ParameterizedTest(name = "{1} as {0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            RESIDENT  | /orders | _once=$once estate=$garden category=$category words=坏 | words | 坏
            RESIDENT  | /orders | _once=$once estate=$garden words=水管漏水，请来看看 | category | 水管漏水，请来看看
            RESIDENT  | /orders/{id}/rate | id=$order.verified version=$version solved=yes words=来得快 | satisfied | 来得快
            RESIDENT  | /orders/{id}/rate | id=$order.verified version=$version satisfied=5 words=来得快 | solved | 来得快
            RESIDENT  | /orders/{id}/remark | id=$order.submitted version=$version words=%long | words | 很长很长
            RESIDENT  | /me/bind | _once=$once estate=$garden building=$building relation=owner words=房本上姓王 | unit | 房本上姓王
            RESIDENT  | /me/bind | _once=$once estate=$garden building=$building unit=$empty-unit words=房本上姓王 | relation | 房本上姓王
            RESIDENT  | /me/bind/code | code=ABC | code | ABC
            COMMUNITY | /orders/{id}/dispatch | id=$order.submitted version=$version | holder |
            COMMUNITY | /orders/{id}/reject | id=$order.submitted version=$version elsewhere=打12345 | reason | 打12345
            COMMUNITY | /orders/{id}/reject | id=$order.submitted version=$version reason=不归这里管 | elsewhere | 不归这里管
            COMMUNITY | /orders/{id}/answer | id=$order.submitted version=$version words=%long | words | 很长很长
            COMMUNITY | /orders/{id}/send-back | id=$order.resolved version=$version reason=%long | reason | 很长很长
            COMMUNITY | /desk/orders/new | _once=$once estate=$garden words=水管漏水，请来看看 callerName=王小二 channel=phone | category | 王小二
            COMMUNITY | /community/binding-codes | _once=$once estate=$garden building=$building relation=owner | unit |
            COMMUNITY | /community/bindings/{id}/refuse | id=$binding reason=%long | reason | 很长很长
            MANAGER   | /orders/{id}/ask-help | id=$order.working version=$version body=$helper-body what=来看看水泵 due=2026-02-30 | due | 来看看水泵
            MANAGER   | /orders/{id}/ask-help | id=$order.working version=$version what=来看看水泵 due=2099-01-04 | body | 来看看水泵
            MANAGER   | /orders/{id}/assign | id=$order.working version=$version assignee=0 | assignee |
            STAFF     | /orders/{id}/contact | id=$order.working version=$version words=约好明早九点 | how | 约好明早九点
            STAFF     | /orders/{id}/resolve | id=$order.working version=$version words=%long | words | 很长很长
            HELPER    | /orders/{id}/assists/{assist}/decline | id=$order.helped assist=$assist version=$version reason=%long | reason | 很长很长
            HELPER    | /orders/{id}/assists/{assist}/done | id=$order.helping assist=$assist version=$version result=%long | result | 很长很长
            SYSTEM    | /admin/accounts/new | _once=$once name=王小二 phone=13800001234 username=a password=Xin-Mi-Ma-8 | username | 王小二
            SYSTEM    | /admin/accounts/new | _once=$once name=王小二 phone=13800001234 username=wang.xiaoer password=12345678 | password | wang.xiaoer
            SYSTEM    | /admin/accounts/new | _once=$once name=王小二 phone=1380000 username=wang.xiaoer password=Xin-Mi-Ma-8 | phone | 1380000
            SYSTEM    | /calendar | first=2031-02-30 name=春节调休 kind=holiday basis=国办通知 | first | 春节调休
            VISITOR   | /sign-in | username=wang.xiaoer | password | wang.xiaoer
            VISITOR   | /sign-in/phone | phone=1380000 | phone | 1380000
            """)
    void theReasonStandsAtItsField(String who, String path, String with, String field, String kept) throws Exception {
        var reader = who.equals("VISITOR") ? Reader.VISITOR : town.who(Role.valueOf(who));
        var made = things.made(town, reader);
        var address = path;
        var request = new java.util.LinkedHashMap<String, String>();
        for (var pair : with.split("\\s+")) {
            var name = pair.substring(0, pair.indexOf('='));
            var said = pair.substring(pair.indexOf('=') + 1);
            var value = said.equals("%long") ? "很长".repeat(300) : made.value(said);
            if (address.contains("{" + name + "}")) {
                address = address.replace("{" + name + "}", value);
            } else {
                request.put(name, value);
            }
        }
        var post = MockMvcRequestBuilders.post(address);
        request.forEach(post::param);
        var answer = mvc.perform(post.with(as(reader)).with(csrf())).andReturn().getResponse();
        var page = answer.getContentAsString();
        assertThat(answer.getStatus()).as(page).isEqualTo(422);
        assertThat(page).contains("id=\"e-" + field + "\"");
        if (kept != null) {
            assertThat(Arrays.stream(page.split("<form")).skip(1)).anyMatch(form -> form.contains(kept));
        }
        assertThat(HostileAnswer.unanswered(page))
                .as("reasons that lead to no field")
                .isEmpty();
    }
}
