package org.hemei.registry.policy;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** Documents are public, and so are their files. */
@Component
class PolicyGate implements AttachmentGate {

    @Override
    public String ownerKind() {
        return PolicyDesk.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return true;
    }
}
