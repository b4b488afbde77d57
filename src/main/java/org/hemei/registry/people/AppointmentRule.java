package org.hemei.registry.people;

import java.util.List;
import org.hemei.platform.Refusal.Reason;

/**
 * What an appointment must stand before it is made. Every bean of this type is asked about every appointment, whether it comes from
 * a form or from an import; a refusal names all their reasons at once.
 */
public interface AppointmentRule {

    /** All that speaks against it, in words for whoever appoints; empty when nothing does. */
    List<Reason> against(Proposed proposed);
}
