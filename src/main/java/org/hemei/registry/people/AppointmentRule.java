package org.hemei.registry.people;

import java.util.List;
import org.hemei.platform.Refusal.Reason;

/**
 * What an appointment must stand before it is made. Every bean of this type is asked about every appointment, whether it comes from
 * a form or from an import; a refusal names all their reasons at once. A rule looks at many at a time with one query of its own, and
 * says of each what it would say if it stood alone.
 */
interface AppointmentRule {

    /** For each of them, in the same order, all that speaks against it in words for whoever appoints; empty when nothing does. */
    List<List<Reason>> against(List<Proposed> wanted);
}
