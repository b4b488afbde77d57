package org.hemei.registry.bulk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.contract.Contract;
import org.hemei.registry.contract.ContractDesk;
import org.hemei.registry.contract.Contracts;
import org.hemei.registry.estate.EstateView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One company leaves many estates on the same day. */
@Component
class EndChange implements Change {

    private final ContractDesk desk;
    private final Contracts contracts;

    EndChange(ContractDesk desk, Contracts contracts) {
        this.desk = desk;
        this.contracts = contracts;
    }

    @Override
    public List<BatchKind> kinds() {
        return List.of(BatchKind.END);
    }

    @Override
    public Planned plan(BatchKind kind, Map<String, String> detail, EstateView estate) {
        var company = Long.parseLong(Objects.requireNonNull(detail.get("company")));
        var last = Objects.requireNonNull(SignChange.day(detail.get("last")));
        var held = contracts.of(estate.id()).stream()
                .filter(contract -> contract.company() == company && contract.on(last))
                .findFirst();
        if (held.isEmpty()) {
            return Planned.cannot("那天没有它的合同", "那天这个小区不在“" + detail.get("company_name") + "”的合同期里。");
        }
        var contract = held.get();
        var problems = desk.endingProblems(contract, last);
        if (!problems.isEmpty()) {
            return Planned.cannot(
                    contract.days(), problems.stream().map(Reason::words).collect(Collectors.joining()));
        }
        return new Planned(
                contract.days(),
                "到 " + CivilTime.day(last) + " 结束",
                Map.of("last", contract.last() == null ? "" : contract.last().toString()),
                Map.of("contract", contract.id(), "last", last.toString()),
                null);
    }

    private Optional<Contract> ended(Map<String, Object> becomes) {
        return contracts.find(((Number) Objects.requireNonNull(becomes.get("contract"))).longValue());
    }

    @Override
    public void apply(Reader reader, Batches.Batch batch, EstateView estate, Map<String, Object> becomes) {
        var contract = ended(becomes).orElseThrow();
        desk.end(
                reader,
                contract,
                contract.version(),
                Objects.requireNonNull(SignChange.day(becomes.get("last"))),
                batch.reason(),
                batch.id());
    }

    @Override
    public @Nullable String cannotUndo(EstateView estate, Map<String, Object> was, Map<String, Object> becomes) {
        var last = SignChange.day(becomes.get("last"));
        return ended(becomes).filter(held -> Objects.equals(held.last(), last)).isPresent() ? null : "后来这份合同改过了。";
    }

    @Override
    public void undo(
            Reader reader,
            Batches.Batch batch,
            EstateView estate,
            Map<String, Object> was,
            Map<String, Object> becomes) {
        desk.restore(
                reader, ended(becomes).orElseThrow(), SignChange.day(was.get("last")), batch.undoing(), batch.id());
    }
}
