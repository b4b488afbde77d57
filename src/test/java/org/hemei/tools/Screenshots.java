package org.hemei.tools;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hemei.browser.Chromium;
import org.hemei.outside.DemoCity;
import org.hemei.outside.FreePort;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.RunningApplication.Plan;
import org.hemei.outside.Visitor;
import org.junit.jupiter.api.Test;

/**
 * {@code ./hemei screenshots}: takes the pictures of the README from the demo city, at phone and desk size. Its name does
 * not end in Test, so the suite leaves it alone.
 */
class Screenshots {

    private static final Path PICTURES = Path.of("docs", "screenshots").toAbsolutePath();
    private static final String RESIDENT = "19900010001";

    private enum Size {
        PHONE(390, 844, 2),
        DESK(1440, 900, 1);

        final int width;
        final int height;
        final int scale;

        Size(int width, int height, int scale) {
            this.width = width;
            this.height = height;
            this.scale = scale;
        }
    }

    @Test
    void take() throws Exception {
        var folder = Path.of("target", "screenshots").toAbsolutePath();
        RunningApplication.delete(folder);
        Files.createDirectories(PICTURES);
        var plan = Plan.ofClassPath(folder, FreePort.find(), List.of(), Map.of("HEMEI_DEMO", "on"));
        try (var application = RunningApplication.start(plan);
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(Chromium.installed())
                                .setArgs(List.of("--no-sandbox")))) {
            DemoCity.await(application);
            all(application, browser);
        }
        RunningApplication.delete(folder);
    }

    private static void all(RunningApplication application, Browser browser) throws IOException, SQLException {
        var resident = Shots.of(application, browser, visitor -> visitor.signInByPhone(RESIDENT));
        resident.take("resident-home", Size.PHONE, "/home");
        resident.take("resident-new", Size.PHONE, "/orders/new");
        resident.take("resident-order", Size.PHONE, "/orders/" + order(application, """
                o.reporter = (select min(g.account) from access_grant g where g.role = 'RESIDENT')
                order by o.state = 'in_progress' desc, o.submitted_at desc
                """));
        var community = Shots.of(application, browser, visitor -> visitor.signInByPassword("zhuxi", DemoCity.PASSWORD));
        resident.take("resident-ballots", Size.PHONE, "/ballot-box");
        community.take("community-inbox", Size.DESK, "/todo");
        community.take("community-order", Size.DESK, "/orders/" + order(application, """
                o.community = '340111002004' and o.state = 'resolved' order by o.submitted_at desc
                """));
        Shots.of(application, browser, visitor -> visitor.signInByPassword("qinghe", DemoCity.PASSWORD))
                .take("manager-inbox", Size.PHONE, "/todo");
        var city = Shots.of(application, browser, visitor -> visitor.signInByPassword("hefei", DemoCity.PASSWORD));
        city.take("city-overview", Size.DESK, "/overview");
        city.take("city-orders", Size.DESK, "/orders");
        var visitor = Shots.of(application, browser, nobody -> {});
        city.take("city-cockpit", Size.DESK, "/cockpit");
        city.take("city-mechanism", Size.DESK, "/mechanism");
        visitor.take("ratings", Size.DESK, "/ratings");
        visitor.take("landing", Size.DESK, "/");
        visitor.take("estate", Size.PHONE, "/estates/1");
    }

    private static String order(RunningApplication application, String which) throws SQLException, IOException {
        try (var sql = application.sql()) {
            return sql.list("select o.district || '-' || o.id from work_order o where " + which + " limit 1")
                    .getFirst();
        }
    }

    /** The pages as one person sees them. */
    private record Shots(RunningApplication application, Browser browser, List<Cookie> cookies) {

        interface SignIn {
            void as(Visitor visitor) throws IOException;
        }

        static Shots of(RunningApplication application, Browser browser, SignIn signIn) throws IOException {
            try (var visitor = new Visitor(application.port())) {
                signIn.as(visitor);
                var cookies = visitor.cookies().entrySet().stream()
                        .map(cookie -> new Cookie(cookie.getKey(), cookie.getValue())
                                .setUrl("http://localhost:" + application.port()))
                        .toList();
                return new Shots(application, browser, cookies);
            }
        }

        void take(String name, Size size, String path) throws IOException {
            var options = new NewContextOptions()
                    .setViewportSize(size.width, size.height)
                    .setDeviceScaleFactor(size.scale)
                    .setLocale("zh-CN")
                    .setTimezoneId("Asia/Shanghai");
            try (var context = browser.newContext(options)) {
                context.addCookies(cookies);
                Page page = context.newPage();
                var response = page.navigate("http://localhost:" + application.port() + path);
                if (response == null || response.status() != 200) {
                    throw new IOException(path + " does not show");
                }
                page.waitForLoadState();
                page.screenshot(new ScreenshotOptions()
                        .setPath(PICTURES.resolve(
                                name + "-" + size.name().toLowerCase(java.util.Locale.ROOT) + ".png")));
            }
        }
    }
}
