package org.hemei.access;

import gg.jte.Content;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hemei.platform.DemoSignIns;
import org.hemei.platform.Missing;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.OwnMachine;
import org.hemei.platform.web.Shells;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The front door: visitors see what this is and find their estate; whoever is signed in goes on to their first screen. */
@Controller
class LandingPages {

    private final Shells shells;
    private final SignIn signIn;
    private final ObjectProvider<DemoSignIns> demo;
    private final ObjectProvider<PagePanel> panels;

    LandingPages(Shells shells, SignIn signIn, ObjectProvider<DemoSignIns> demo, ObjectProvider<PagePanel> panels) {
        this.shells = shells;
        this.signIn = signIn;
        this.demo = demo;
        this.panels = panels;
    }

    @GetMapping("/")
    ModelAndView home(Reader reader, HttpServletRequest request) {
        if (reader.signedIn()) {
            return FormAnswer.seeOther(SignIn.firstPage(reader));
        }
        return new ModelAndView(
                "access/landing", Map.of("shell", shells.of(request), "people", byGroup(), "panels", panels(reader)));
    }

    /**
     * Only those whom the demo offers, and only while it is on. On the machine itself one click counts as both factors, so
     * that the administrators' pages can be looked at; from elsewhere they are asked for the second like everywhere.
     */
    @PostMapping("/sign-in/demo")
    ModelAndView asDemoPerson(
            HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "0") long account) {
        if (people().stream().noneMatch(person -> person.account() == account)) {
            throw new Missing("演示里没有这个人。");
        }
        var reader = signIn.start(request, response, account, false, OwnMachine.asks(request));
        return FormAnswer.seeOther(SignIn.firstPage(reader));
    }

    private List<DemoSignIns.Person> people() {
        var known = demo.getIfAvailable();
        return known == null ? List.of() : known.people();
    }

    /** Of a score of people nobody reads all: they are folded by where one would look for them. */
    private Map<String, List<DemoSignIns.Person>> byGroup() {
        return people().stream()
                .collect(Collectors.groupingBy(DemoSignIns.Person::group, LinkedHashMap::new, Collectors.toList()));
    }

    private List<Content> panels(Reader reader) {
        return panels.stream()
                .filter(panel -> panel.place() == PagePanel.Place.PUBLIC_HOME)
                .sorted(Comparator.comparingInt(PagePanel::order))
                .map(panel -> panel.panel(reader, 0))
                .filter(Objects::nonNull)
                .toList();
    }
}
