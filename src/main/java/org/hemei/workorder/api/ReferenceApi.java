package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ids and codes that other requests take. */
@RestController
@Tag(name = "可选的", description = "类别、小区、楼栋、门牌、外部渠道，和一张单下一步能选的")
@Scoped(OrderScopes.READ)
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class ReferenceApi {

    private final ReferenceRecords records;
    private final ChoiceRecords choices;

    ReferenceApi(ReferenceRecords records, ChoiceRecords choices) {
        this.records = records;
        this.choices = choices;
    }

    @GetMapping("/categories")
    @Operation(summary = "类别", description = "点单用有 parent 的，即小类。")
    ReferenceRecords.Categories categories() {
        return records.categories();
    }

    @GetMapping("/estates")
    @Operation(summary = "小区", description = "您看得到的，一页 200 个。")
    ReferenceRecords.Estates estates(
            Reader reader,
            @Parameter(description = "名称里的字", example = "梧桐") @RequestParam(defaultValue = "") String q,
            @Parameter(description = "上一页的 next") @RequestParam(defaultValue = "0") long after) {
        return records.estates(reader, q, after);
    }

    @GetMapping("/estates/{id}")
    @Operation(summary = "一个小区")
    ReferenceRecords.Estate estate(Reader reader, @PathVariable long id) {
        return records.estate(reader, id);
    }

    @GetMapping("/estates/{id}/buildings")
    @Operation(summary = "一个小区的楼栋")
    ReferenceRecords.Buildings buildings(Reader reader, @PathVariable long id) {
        return records.buildings(reader, id);
    }

    @GetMapping("/estates/{id}/channels")
    @Operation(summary = "外部渠道", description = "不归这里办的事该去哪儿：派出所、法院、信访等，按小区所在地。")
    ReferenceRecords.Channels channels(Reader reader, @PathVariable long id) {
        return records.channels(reader, id);
    }

    @GetMapping("/buildings/{id}/units")
    @Operation(summary = "一幢楼的门牌", description = "只给替人点单的社区和上级；只有门牌，没有住户。")
    ReferenceRecords.Units units(Reader reader, @PathVariable long id) {
        return records.units(reader, id);
    }

    @GetMapping("/orders/{id}/choices")
    @Operation(summary = "办下一步时能选的", description = "能派给谁、能交给谁、能请谁协办，和还没办完的协办、批示。")
    ChoiceRecords.Choices choices(Reader reader, @PathVariable OrderId id) {
        return choices.of(reader, id);
    }
}
