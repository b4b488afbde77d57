package org.hemei.evaluation.objection;

import java.time.InstantSource;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** Evidence of an objection is for its two sides. */
@Component
class ObjectionGate implements AttachmentGate {

    private final Objections objections;
    private final InstantSource clock;

    ObjectionGate(Objections objections, InstantSource clock) {
        this.objections = objections;
        this.clock = clock;
    }

    @Override
    public String ownerKind() {
        return ObjectionDesk.KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return objections.find(reader, Long.parseLong(ownerId), clock.instant()).isPresent();
    }
}
