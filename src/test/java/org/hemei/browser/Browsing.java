package org.hemei.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ReducedMotion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.hemei.Hemei;
import org.hemei.RouteThings;
import org.hemei.access.SignIn;
import org.hemei.platform.Reader;
import org.hemei.testing.Counting;
import org.hemei.testing.FewThresholds;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.TestSettings;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a browser test stands on: the application on a port, a town of one's own, one Chromium for all. A test opens a
 * {@link Visit} as somebody, on a {@link Screen}, with script or without.
 */
@SpringBootTest(classes = Hemei.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = TestSettings.class)
@Import({
    Towns.class,
    Orders.class,
    MovableClock.class,
    Pump.class,
    Counting.class,
    FewThresholds.class,
    Browsing.Door.class,
    RouteThings.class
})
abstract class Browsing {

    /** Signing in has tests of its own; here it is a door that only this context has. */
    @RestController
    static class Door {

        private final SignIn signIn;

        Door(SignIn signIn) {
            this.signIn = signIn;
        }

        @GetMapping("/sign-in/door/{account}")
        String enter(@PathVariable long account, HttpServletRequest request, HttpServletResponse response) {
            return signIn.start(request, response, account).name();
        }
    }

    @Autowired
    protected Towns towns;

    @Autowired
    protected Orders orders;

    @Autowired
    protected Counting counting;

    @LocalServerPort
    private int port;

    protected String origin() {
        return "http://localhost:" + port;
    }

    /** @param reader {@link Reader#VISITOR} for nobody in particular */
    protected Visit visit(Reader reader, Screen screen, boolean script) {
        var context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(screen.width, screen.height)
                        .setHasTouch(screen.touch)
                        .setJavaScriptEnabled(script)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("zh-CN")
                        .setTimezoneId("Asia/Shanghai"));
        if (reader.signedIn()) {
            context.request().get(origin() + "/sign-in/door/" + reader.account());
        }
        return new Visit(context, origin(), script);
    }

    protected Town town() {
        return towns.make();
    }
}
