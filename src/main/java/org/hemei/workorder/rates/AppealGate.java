package org.hemei.workorder.rates;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** Evidence of an appeal is for its two sides and those who decide. */
@Component
class AppealGate implements AttachmentGate {

    private final Appeals appeals;

    AppealGate(Appeals appeals) {
        this.appeals = appeals;
    }

    @Override
    public String ownerKind() {
        return AppealDesk.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return appeals.find(AppealId.valueOf(ownerId))
                .filter(appeal -> appeal.mayRead(reader))
                .isPresent();
    }
}
