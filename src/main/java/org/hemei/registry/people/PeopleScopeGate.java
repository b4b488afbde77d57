package org.hemei.registry.people;

import org.hemei.platform.Reader;
import org.hemei.registry.Office;

/** Who has these pages at all: everybody else is turned away before anything is looked up. */
final class PeopleScopeGate {

    private PeopleScopeGate() {}

    /** A company's own manager too. */
    static void appointers(Reader reader) {
        Office.required(
                reader,
                Office.COMMUNITY,
                Office.STREET,
                Office.DISTRICT,
                Office.CITY,
                Office.ORGANISATION,
                Office.HOUSING,
                Office.MANAGER);
    }
}
