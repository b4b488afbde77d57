package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Sms;
import org.hemei.testing.Database;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.SubmissionDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sensitive columns in the clear: nowhere in the database's files, its write-ahead log, its log, ours, or our own folder
 * (quality bar K3). Everything goes in by the ways people use; then every file is searched for its bytes.
 */
@HemeiTest
@ExtendWith(OutputCaptureExtension.class)
class ClearTextTest {

    private static final String NAME = "欧阳玄晖丁";
    private static final String TEXT = "紫藤廊下第七盏灯修好了";
    private static final String NOTE = "一九九三年在采石矶入党的";

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Sms sms;

    @Autowired
    Notices notices;

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    Towns towns;

    private Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    @Test
    void phonesNamesAndTextMessagesAreNowhereInTheFiles(CapturedOutput log) throws Exception {
        // chosen so that no other test, id or time can contain it by chance
        var marker = "可以找到的记号" + UUID.randomUUID();
        var phone = towns.phone();
        var caller = towns.phone();
        askForACode(phone);
        fileForACaller(caller);
        var person = keepAPerson(phone);
        keepAMember();
        transaction.executeWithoutResult(status -> {
            sms.send(phone, TEXT);
            notices.send(
                    NoticeKinds.DUTIES,
                    town.near().resident().account(),
                    town.near().district(),
                    marker,
                    "",
                    "/");
        });
        jdbc.sql("checkpoint").update();

        assertThat(found(marker))
                .as("the search finds what is there in the clear")
                .isNotEmpty();
        for (var secret : List.of(phone, caller, NAME, TEXT, NOTE)) {
            assertThat(found(secret)).as("files that hold %s", secret).isEmpty();
            assertThat(log.getAll()).doesNotContain(secret);
        }
        assertThat(cipher.decrypt(jdbc.sql("select name_cipher from person where id = ?")
                        .param(person)
                        .query(byte[].class)
                        .single()))
                .as("and yet it can be read with the key")
                .isEqualTo(NAME);
    }

    private void askForACode(String phone) throws Exception {
        var visit = new Visit(mvc, "10.77.0.1");
        visit.open("/sign-in/phone");
        assertThat(visit.submit("/sign-in/phone", "phone", phone).getStatus()).isEqualTo(303);
    }

    private void fileForACaller(String phone) {
        submissions.submit(
                town.near().communityDesk(),
                UUID.randomUUID().toString(),
                new SubmissionDesk.Submission(
                        town.near().garden(),
                        null,
                        null,
                        "facility.light",
                        "楼道灯不亮了，晚上看不清台阶。",
                        "",
                        false,
                        List.of(),
                        "phone",
                        NAME,
                        phone));
    }

    /** By the form that people use; who it is and what is noted must be nowhere, in no record of the form either. */
    private void keepAMember() throws Exception {
        var side = town.near();
        var branch = towns.bodyOf("party_organisation", "estate_branch", "试党支部", side.community(), side.garden());
        towns.post(side.neighbour().person(), branch, "书记");
        var answer = mvc.perform(post("/party-members/" + branch + "/new")
                        .with(as(side.neighbour()))
                        .with(csrf())
                        .param("_once", UUID.randomUUID().toString())
                        .param("name", NAME)
                        .param("phone", towns.phone())
                        .param("kind", "full")
                        .param("from", "2026-01-01")
                        .param("note", NOTE))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(mvc.perform(post("/party-members/" + branch + "/names")
                                .with(as(side.neighbour()))
                                .with(csrf())
                                .param("reason", "life"))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains(NAME, NOTE);
    }

    private long keepAPerson(String phone) {
        return jdbc.sql("""
                insert into person (name_cipher, masked_name, phone_cipher, phone_index) values (?, '欧**', ?, ?) returning id
                """)
                .params(cipher.encrypt(NAME), cipher.encrypt(phone), cipher.blindIndex(phone))
                .query(Long.class)
                .single();
    }

    private static List<Path> found(String words) throws IOException {
        // one byte, one character: a fast search for bytes
        var needle = new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        List<Path> holders = new ArrayList<>();
        List<Path> files;
        try (var walk = Files.walk(Database.folder())) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (var file : files) {
            try {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(needle)) {
                    holders.add(file);
                }
            } catch (NoSuchFileException gone) {
                // the server tidies up while we read
                continue;
            }
        }
        return holders;
    }
}
