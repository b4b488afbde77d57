package org.hemei.registry.estate;

import java.util.List;
import org.hemei.registry.EstateKinds;
import org.jspecify.annotations.Nullable;

/**
 * One estate as the desk sees it.
 *
 * @param floorArea in cm²; @param end that it is no more; null while it is there
 */
public record EstateView(
        long id,
        String name,
        @Nullable String alias,
        int district,
        String districtName,
        String street,
        String streetName,
        String community,
        String communityName,
        List<String> kinds,
        int households,
        int buildings,
        @Nullable Integer builtYear,
        @Nullable Long floorArea,
        @Nullable String phone,
        int version,
        @Nullable EstateEnd end) {

    /** Square centimetres in a square metre. */
    static final long CM2 = 10_000;

    /** What an estate can be; it can be several things at once. */
    public static final List<String> KINDS = EstateKinds.ALL;

    @Nullable
    Long squareMetres() {
        return floorArea == null ? null : floorArea / CM2;
    }
}
