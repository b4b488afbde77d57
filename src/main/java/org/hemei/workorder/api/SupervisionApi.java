package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 督办和批示: pressing for what is late or not solved. */
@RestController
@Tag(name = "督办", description = "督办、答复、解除；批示和答复")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class SupervisionApi {

    @Schema(name = "Instruct")
    record Instruct(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪位领导", example = "副区长 王某") @Nullable
            String leader,

            @Schema(description = "批示是哪天的") @Nullable LocalDate saidOn,
            @Nullable String words,

            @Schema(description = "holder 处理单位，community 社区，street 街道", example = "holder") @Nullable
            String addressee,

            @Schema(description = "哪天前答复；不填按规定") @Nullable LocalDate due,
            @Schema(description = "同时督办") @Nullable Boolean supervise)
            implements Seen {}

    @Schema(name = "AnswerInstruction")
    record Answer(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪一条批示") @Nullable Long mark,
            @Nullable String words)
            implements Seen {}

    private final SupervisionDesk supervisions;
    private final InstructionDesk instructions;

    private final Acts acts;

    SupervisionApi(SupervisionDesk supervisions, InstructionDesk instructions, Acts acts) {
        this.supervisions = supervisions;
        this.instructions = instructions;
        this.acts = acts;
    }

    @PostMapping("/supervise")
    @Does(Verb.SUPERVISE)
    @Operation(summary = "督办")
    ResponseEntity<OrderRecords.Whole> supervise(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> supervisions.supervise(reader, id, version, Acts.text(said.words())));
    }

    @PostMapping("/answer_supervision")
    @Does(Verb.ANSWER_SUPERVISION)
    @Operation(summary = "答复督办")
    ResponseEntity<OrderRecords.Whole> answer(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> supervisions.answer(reader, id, version, Acts.text(said.words())));
    }

    @PostMapping("/return_answer")
    @Does(Verb.RETURN_ANSWER)
    @Operation(summary = "退回督办答复")
    ResponseEntity<OrderRecords.Whole> sendBack(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> supervisions.sendBack(reader, id, version, Acts.text(said.reason())));
    }

    @PostMapping("/lift_supervision")
    @Does(Verb.LIFT_SUPERVISION)
    @Operation(summary = "解除督办")
    ResponseEntity<OrderRecords.Whole> lift(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader, id, request, said, version -> supervisions.lift(reader, id, version, Acts.text(said.words())));
    }

    @PostMapping("/instruct")
    @Does(Verb.INSTRUCT)
    @Operation(summary = "登记批示")
    ResponseEntity<OrderRecords.Whole> instruct(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Instruct said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> instructions.instruct(
                        reader,
                        id,
                        version,
                        new InstructionDesk.Instruction(
                                Acts.text(said.leader),
                                said.saidOn,
                                Acts.text(said.words),
                                Acts.text(said.addressee),
                                said.due,
                                Boolean.TRUE.equals(said.supervise))));
    }

    @PostMapping("/answer_instruction")
    @Does(Verb.ANSWER_INSTRUCTION)
    @Operation(summary = "答复批示")
    ResponseEntity<OrderRecords.Whole> answerInstruction(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Answer said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version ->
                        instructions.answer(reader, id, version, Acts.need("mark", said.mark), Acts.text(said.words)));
    }
}
