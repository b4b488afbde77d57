package org.hemei.registry.people;

import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** That somebody took a list away as a file is on record, because no scope follows the file. */
@Component
class Exports {

    private final Audit audit;

    Exports(Audit audit) {
        this.audit = audit;
    }

    @Transactional
    public void taken(Reader reader, String action, String area) {
        audit.record(reader, AppointmentDesk.district(area), action, "area", area, area, Map.of());
    }
}
