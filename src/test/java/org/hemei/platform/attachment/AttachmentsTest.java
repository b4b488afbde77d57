package org.hemei.platform.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@HemeiTest
class AttachmentsTest {

    /** The gate of a room whose things only desks of communities may see. */
    private static final AttachmentGate ROOM = new AttachmentGate() {
        @Override
        public String ownerKind() {
            return "test_thing";
        }

        @Override
        public boolean may(Reader reader, int district, String ownerId) {
            return reader.has(Role.COMMUNITY) && ownerId.equals("7");
        }
    };

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Intake intake;

    private Attachments attachments;

    @Autowired
    AttachmentUpkeep upkeep;

    @Autowired
    BlobStore blobs;

    @Autowired
    TransactionTemplate transaction;

    private Town town;
    private int district;
    private Reader resident;

    @BeforeEach
    void build() {
        attachments = new Attachments(jdbc, transaction, blobs, intake, clock, List.of(ROOM));
        town = towns.make();
        district = town.near().district();
        resident = town.near().resident();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    /** Another picture for every call, so that tests share no bytes. */
    private UUID upload(Reader reader, int where) {
        var width = 100 + (int) (reader.account() % 500);
        return attachments.store(
                reader,
                where,
                new ByteArrayInputStream(Samples.jpegWithPosition(width, 90)),
                "漏水.jpg",
                Attachments.Purpose.PHOTO);
    }

    private void attach(int where, List<UUID> ids, String owner, Reader reader) {
        transaction.executeWithoutResult(status -> attachments.attach(where, ids, "test_thing", owner, reader));
    }

    @Test
    void anUploadBelongsToItsUploaderUntilAThingTakesItOver() {
        var id = upload(resident, district);

        assertThat(attachments.find(resident, district, id).isPhoto()).isTrue();
        for (var other : List.of(town.near().neighbour(), town.near().communityDesk(), Reader.VISITOR)) {
            assertThatThrownBy(() -> attachments.find(other, district, id)).isInstanceOf(Missing.class);
        }
        assertThatThrownBy(() -> attach(district, List.of(id), "7", town.near().neighbour()))
                .as("not by another account")
                .isInstanceOf(Refusal.class);

        attach(district, List.of(id, id), "7", resident);

        assertThat(attachments.list(district, "test_thing", "7")).hasSize(1);
        assertThat(attachments.find(town.near().communityDesk(), district, id).fileName())
                .isEqualTo("漏水.jpg");
        assertThatThrownBy(() -> attachments.find(resident, district, id)).isInstanceOf(Missing.class);
        assertThatThrownBy(() -> attach(district, List.of(id), "8", resident))
                .as("not twice")
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aPhotoFollowsAnOrderThatMovedToAnotherDistrict() {
        var id = upload(resident, district);
        var elsewhere = town.far().district();

        attach(elsewhere, List.of(id), "9", resident);

        assertThat(attachments.list(elsewhere, "test_thing", "9")).hasSize(1);
        assertThat(attachments.waiting(resident, List.of(id))).isEmpty();
    }

    @Test
    void anAccountCannotFillTheDisk() {
        var account = towns.reader(towns.account());
        var photo = Samples.jpeg(20, 20);
        for (var i = 0; i < Attachments.MAX_ORPHANS; i++) {
            attachments.store(account, district, new ByteArrayInputStream(photo), "x", Attachments.Purpose.PHOTO);
        }
        assertThatThrownBy(() -> upload(account, district))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("还没用上");
    }

    @Test
    void overHttpAPhotoComesBackCleanAndSandboxed() throws Exception {
        var answer = mvc.perform(multipart("/attachments")
                        .file(new MockMultipartFile("file", "a.jpg", "text/html", Samples.jpegWithPosition(300, 200)))
                        .param("district", String.valueOf(district))
                        .accept("application/json")
                        .with(as(resident))
                        .with(csrf()))
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.id").exists())
                .andReturn()
                .getResponse()
                .getContentAsString();
        var address = answer.replaceAll(".*\"address\":\"([^\"]+)\".*", "$1");
        var shown = mvc.perform(get(address).with(as(resident)))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Type", "image/jpeg"))
                .andExpect(header().string("Content-Security-Policy", "sandbox; default-src 'none'"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Cache-Control", containsString("private")))
                .andExpect(header().string("Cache-Control", containsString("immutable")))
                .andExpect(header().string("Content-Disposition", containsString("inline")))
                .andReturn()
                .getResponse();
        assertThat(new String(shown.getContentAsByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("Exif", Samples.CAMERA);
        mvc.perform(get(address)
                        .header("If-None-Match", String.valueOf(shown.getHeader("ETag")))
                        .with(as(resident)))
                .andExpect(status().isNotModified());
        mvc.perform(get(address + "/thumb").with(as(resident))).andExpect(status().isOk());
        mvc.perform(get(address + "/thumb").with(as(town.near().neighbour()))).andExpect(status().isNotFound());
        mvc.perform(get(address)
                        .header("If-None-Match", "*")
                        .with(as(town.near().neighbour())))
                .andExpect(status().isNotFound());
    }

    @Test
    void aDocumentIsOnlyEverDownloaded() throws Exception {
        var id = attachments.store(
                resident,
                district,
                new ByteArrayInputStream(Samples.pdf()),
                "../说明\".html",
                Attachments.Purpose.DOCUMENT);
        var address = "/attachments/" + district + "/" + id;
        mvc.perform(get(address).with(as(resident)))
                .andExpect(header().string("Content-Type", "application/pdf"))
                .andExpect(header().string("Content-Disposition", containsString("attachment")))
                .andExpect(content().bytes(Samples.pdf()));
        mvc.perform(get(address + "/thumb").with(as(resident))).andExpect(status().isNotFound());
    }

    @Test
    void withoutScriptTheFormComesBackWithItsPhotoAndNeverElsewhere() throws Exception {
        for (var back : List.of("/orders/new?step=3", "https://evil.example/", "//evil.example", "/\\evil.example")) {
            var answer = mvc.perform(multipart("/attachments")
                            .file(new MockMultipartFile("file", "a.jpg", "image/jpeg", Samples.jpeg(30, 30)))
                            .param("district", String.valueOf(district))
                            .param("back", back)
                            .accept("text/html")
                            .with(as(resident))
                            .with(csrf()))
                    .andExpect(status().isSeeOther())
                    .andReturn()
                    .getResponse()
                    .getHeader("Location");
            assertThat(answer).startsWith(back.startsWith("/orders") ? "/orders/new?step=3&photo=" : "/attachments/");
        }
    }

    @Test
    void uploadsThatNobodyTookAreGoneAfterADayAndOthersStay() throws IOException {
        var left = upload(resident, district);
        var kept = upload(town.near().neighbour(), district);
        attach(district, List.of(kept), "7", town.near().neighbour());
        var leftBytes = attachments.find(resident, district, left).sha256();
        var keptBytes =
                attachments.find(town.near().communityDesk(), district, kept).sha256();
        upkeep.run();
        assertThat(blobs.has(leftBytes)).as("not before a day has passed").isTrue();

        clock.advance(Duration.ofHours(25));
        upkeep.run();

        assertThatThrownBy(() -> attachments.find(resident, district, left)).isInstanceOf(Missing.class);
        assertThat(blobs.has(leftBytes)).isFalse();
        assertThat(blobs.has(Blobs.thumb(leftBytes))).isFalse();
        assertThat(blobs.has(keptBytes)).isTrue();
        try (var in = attachments.open(attachments.find(town.near().communityDesk(), district, kept))) {
            assertThat(in.read()).isEqualTo(0xFF);
        }
    }
}
