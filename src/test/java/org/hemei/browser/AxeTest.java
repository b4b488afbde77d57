package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A look that finds nothing means something only when it would find it. */
class AxeTest {

    @Test
    void whatAPageDoesWrongIsSaidAndWhatIsRightIsNot() {
        try (var page = Chromium.browser().newPage()) {
            page.setContent("""
                    <!doctype html><html lang="zh-CN"><head><title>看</title></head><body><main><h1>看</h1>
                    <p id="pale" style="color: #bbb; background: #fff">看不清</p><img src="data:," id="unnamed"></main></body></html>
                    """);
            assertThat(Axe.objections(page))
                    .contains("image-alt: ", "id=\"unnamed\"", "color-contrast: ", "id=\"pale\"");
            page.evaluate(
                    "() => { document.getElementById('pale').remove(); document.getElementById('unnamed').alt = '门口'; }");
            assertThat(Axe.objections(page)).isEmpty();
        }
    }
}
