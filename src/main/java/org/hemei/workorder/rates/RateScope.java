package org.hemei.workorder.rates;

import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.OrderScope;
import org.springframework.stereotype.Component;

/** Who reads figures: those who oversee an area, and those who answer for a company. */
@Component
class RateScope {

    private final AreaQueries areas;

    RateScope(AreaQueries areas) {
        this.areas = areas;
    }

    /**
     * The areas the reader can go to, at the one the filter names, else at the first; an empty one for a company's manager.
     *
     * @throws Missing when the filter names an area that is not theirs
     */
    AreaQueries.Picker picker(Reader reader, RateFilter filter) {
        admit(reader);
        var picker = areas.picker(reader, filter.area());
        var here = picker.here();
        if (filter.area() != null && (here == null || !here.code().equals(filter.area()))) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        return here == null && oversees(reader)
                ? areas.picker(reader, OrderScope.roots(reader).getFirst())
                : picker;
    }

    static void admit(Reader reader) {
        Role.required(reader, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.MANAGER);
    }

    static boolean oversees(Reader reader) {
        return !OrderScope.roots(reader).isEmpty();
    }
}
