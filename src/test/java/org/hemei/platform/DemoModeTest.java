package org.hemei.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One reading of HEMEI_DEMO for all, and none by guess. */
class DemoModeTest {

    @ParameterizedTest
    @CsvSource({"on,true", "ON,true", "True,true", "off,false", "Off,false", "FALSE,false"})
    void theKnownWordsCountInCapitalsToo(String setting, boolean on) {
        assertThat(new DemoMode(setting).on()).isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "yes", "", "onn"})
    void anyOtherWordEndsTheStartWithTheWordsToUse(String setting) {
        var failure = org.assertj.core.api.Assertions.catchThrowable(() -> new DemoMode(setting));
        var said = new WrongSettingAnalyzer().analyze(new IllegalStateException("the start failed", failure));
        assertThat(said).isNotNull();
        assertThat(said.getDescription()).contains("HEMEI_DEMO is \"" + setting + "\"");
        assertThat(said.getAction()).contains("on or off");
    }
}
