package org.hemei.registry.company;

import java.util.Arrays;
import java.util.List;

/** How the Party organisation reaches a company. 单建 and 联建 are organisation coverage; 派驻 is work coverage only. */
enum CoverMode {
    SINGLE("single", "单建"),
    JOINT("joint", "联建"),
    ADVISER("adviser", "派驻");

    private final String code;
    private final String words;

    CoverMode(String code, String words) {
        this.code = code;
        this.words = words;
    }

    String code() {
        return code;
    }

    String words() {
        return words;
    }

    /** @param codes separated by commas, as the database puts them together */
    static List<CoverMode> all(String codes) {
        return Arrays.stream(values())
                .filter(mode -> List.of(codes.split(",")).contains(mode.code))
                .toList();
    }

    static CoverMode of(String code) {
        return all(code).getFirst();
    }
}
