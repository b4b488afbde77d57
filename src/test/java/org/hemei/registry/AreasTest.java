package org.hemei.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Communities as people call them, whichever way the list of area codes writes their committees. */
class AreasTest {

    @ParameterizedTest
    @CsvSource({
        "竹西社区居民委员会,竹西社区",
        "红旗社区居委会,红旗社区",
        "红旗社区村民委员会,红旗社区",
        "大圩村民委员会,大圩村",
        "大圩村村民委员会,大圩村",
        "竹西居民委员会,竹西社区",
        "居委会,居委会",
        "包河区,包河区"
    })
    void aCommunityIsCalledWithoutItsCommittee(String official, String plain) {
        assertThat(Areas.plain(official)).isEqualTo(plain);
    }
}
