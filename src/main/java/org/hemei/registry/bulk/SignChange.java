package org.hemei.registry.bulk;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal.Reason;
import org.hemei.registry.contract.Contract;
import org.hemei.registry.contract.ContractDesk;
import org.hemei.registry.contract.Contracts;
import org.hemei.registry.estate.EstateView;
import org.hemei.registry.people.Conflicts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Contracts of one company with many estates, all for the same days. Taken back only before the first of them. */
@Component
class SignChange implements Change {

    private final ContractDesk desk;
    private final Contracts contracts;
    private final Conflicts conflicts;

    SignChange(ContractDesk desk, Contracts contracts, Conflicts conflicts) {
        this.desk = desk;
        this.contracts = contracts;
        this.conflicts = conflicts;
    }

    @Override
    public List<BatchKind> kinds() {
        return List.of(BatchKind.SIGN);
    }

    static @Nullable LocalDate day(@Nullable Object text) {
        return text == null || text.toString().isEmpty() ? null : LocalDate.parse(text.toString());
    }

    private static LocalDate needed(@Nullable Object text) {
        return Objects.requireNonNull(day(text));
    }

    @Override
    public Planned plan(BatchKind kind, Map<String, String> detail, EstateView estate) {
        var company = Long.parseLong(Objects.requireNonNull(detail.get("company")));
        var first = needed(detail.get("first"));
        var last = day(detail.get("last"));
        var before = contracts.of(estate.id()).stream()
                .filter(held -> held.on(first) || held.ahead(first))
                .findFirst()
                .map(held -> held.companyName() + "，" + held.days())
                .orElse("那时没有物业");
        var problems = desk.problems(estate.id(), company, first, last);
        if (!problems.isEmpty()) {
            return Planned.cannot(before, problems.stream().map(Reason::words).collect(Collectors.joining()));
        }
        var becomes = Map.<String, Object>of(
                "company",
                company,
                "first",
                first.toString(),
                "last",
                last == null ? "" : last.toString(),
                "fee",
                Objects.requireNonNull(detail.get("fee")));
        // told in the preview and no bar, as where one contract is signed
        var said = Conflicts.said(
                conflicts.atContract(company, estate.id(), first, last == null ? null : last.plusDays(1)));
        var after = detail.get("company_name") + "，" + days(first, last) + (said.isEmpty() ? "" : "。留意：" + said);
        return new Planned(before, after, Map.of(), becomes, null);
    }

    private static String days(LocalDate first, @Nullable LocalDate last) {
        return new Contract(0, 0, "", 0, "", 0, "", first, last, null, null, 0).days();
    }

    @Override
    public void apply(Reader reader, Batches.Batch batch, EstateView estate, Map<String, Object> becomes) {
        var fee = Objects.requireNonNull(becomes.get("fee")).toString();
        desk.sign(
                reader,
                new ContractDesk.Signing(
                        estate.id(),
                        ((Number) Objects.requireNonNull(becomes.get("company"))).longValue(),
                        needed(becomes.get("first")),
                        day(becomes.get("last")),
                        fee.isEmpty() ? null : Integer.valueOf(fee),
                        List.of(),
                        batch.reason(),
                        batch.id()));
    }

    private Optional<Contract> made(EstateView estate, Map<String, Object> becomes) {
        var company = ((Number) Objects.requireNonNull(becomes.get("company"))).longValue();
        return contracts.of(estate.id()).stream()
                .filter(held -> held.company() == company
                        && held.first().equals(day(becomes.get("first")))
                        && Objects.equals(held.last(), day(becomes.get("last"))))
                .findFirst();
    }

    @Override
    public @Nullable String cannotUndo(EstateView estate, Map<String, Object> was, Map<String, Object> becomes) {
        return made(estate, becomes).isPresent() ? null : "后来这份合同改过了。";
    }

    @Override
    public void undo(
            Reader reader,
            Batches.Batch batch,
            EstateView estate,
            Map<String, Object> was,
            Map<String, Object> becomes) {
        var contract = made(estate, becomes).orElseThrow();
        desk.takeBack(reader, contract, contract.version(), batch.undoing(), batch.id());
    }
}
