package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hemei.platform.DemoSignIns;
import org.hemei.platform.PagePanel;
import org.hemei.platform.web.Shells;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Towns;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The demo's one click counts as both factors at the machine itself, and nowhere else. */
@HemeiTest
class DemoDoorTest {

    @Autowired
    Shells shells;

    @Autowired
    SignIn signIn;

    @Autowired
    Towns towns;

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, '', true",
        "127.0.0.1, localhost, 203.0.113.7, false",
        "127.0.0.1, hemei.example, '', false",
        "10.0.0.9, localhost, '', false",
    })
    void oneClickIsBothFactorsOnTheMachineItselfOnly(String from, String host, String forwardedFor, boolean both) {
        var account = towns.make().near().communityDesk().account();
        DemoSignIns demo = () -> List.of(new DemoSignIns.Person("社区和街道", "社区", "王**", "这里", account));
        var beans = new StaticListableBeanFactory(Map.of("demo", demo));
        var landing = new LandingPages(
                shells, signIn, beans.getBeanProvider(DemoSignIns.class), beans.getBeanProvider(PagePanel.class));
        var request = new MockHttpServletRequest("POST", "/sign-in/demo");
        request.setRemoteAddr(from);
        request.setServerName(host);
        if (!forwardedFor.isEmpty()) {
            request.addHeader("X-Forwarded-For", forwardedFor);
        }
        landing.asDemoPerson(request, new MockHttpServletResponse(), account);
        assertThat(request.getSession().getAttribute(SignedIn.ATTRIBUTE))
                .isInstanceOfSatisfying(
                        SignedIn.class, in -> assertThat(in.second()).isEqualTo(both));
    }
}
