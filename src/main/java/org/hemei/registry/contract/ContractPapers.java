package org.hemei.registry.contract;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.springframework.stereotype.Component;

/**
 * A contract's paper is for the administration of its estate and for the company's own managers; where the company merged, for the
 * managers of the one that carries the contract on.
 */
@Component
class ContractPapers implements AttachmentGate {

    static final String OWNER_KIND = "contract";

    private final Contracts contracts;

    ContractPapers(Contracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public String ownerKind() {
        return OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return contracts
                .find(Long.parseLong(ownerId))
                .filter(contract -> Areas.seen(reader).covers(contract.community())
                        || reader.scope(Office.MANAGER).covers(contract.company(), contract.estate())
                        || carriesOn(reader, contract))
                .isPresent();
    }

    /** What had ended before the companies merged is nobody's who came later. */
    private boolean carriesOn(Reader reader, Contract contract) {
        var heir = contracts.heir(contract.company());
        return reader.scope(Office.MANAGER).covers(heir, contract.estate())
                && contracts.of(contract.estate()).stream()
                        .filter(later -> later.company() == heir)
                        .anyMatch(later -> contracts.carriedOn(later.id()).contains(contract.id()));
    }
}
