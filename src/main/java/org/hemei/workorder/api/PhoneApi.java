package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.desk.PhoneDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 看电话, for a program that has to call: on a reason, which is on record and which the person can read. */
@RestController
@Tag(name = "处理单位")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class PhoneApi {

    @Schema(name = "PhoneAsked")
    record Asked(
            @Schema(description = "contact 联系点单人，verify 核验，mediate 调处", example = "contact") @Nullable
            String reason) {}

    /** @param name of somebody without an account, as it was written down */
    @Schema(name = "Phone")
    record Phone(@Nullable String name, String phone) {}

    private final PhoneDesk desk;

    PhoneApi(PhoneDesk desk) {
        this.desk = desk;
    }

    @PostMapping("/phone")
    @Operation(summary = "看电话", description = "要写理由；谁看的、为什么，记在案，本人看得到。对物业匿名的单，物业没有电话可看。")
    ResponseEntity<Phone> phone(Reader reader, @PathVariable OrderId id, @RequestBody Asked said) {
        var contact = desk.reveal(reader, id, Acts.text(said.reason));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Phone(contact.name(), contact.phone()));
    }
}
