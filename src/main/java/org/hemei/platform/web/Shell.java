package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.View;

/**
 * What every page has around its content: who reads, the menu, what waits, the token of its forms. One for each page that
 * is rendered; whatever costs a query is asked for when a template wants it and not before.
 */
public final class Shell {

    /** Keeps 关怀版, the large-type mode, for people without an account. */
    public static final String CARE_COOKIE = "hemei-care";

    /** One step of the way to a page; the last one, the page itself, has no path. */
    public record Crumb(String label, @Nullable String path) {}

    /** @param current whether this item leads to where the reader is */
    public record Link(
            String path,
            String label,
            String icon,
            @Nullable Integer badge,
            boolean current) {}

    /**
     * Menu items under one heading.
     *
     * @param open whether the items stand in the menu at once; a long menu folds the headings that the reader is not under
     */
    public record Group(String name, List<Link> links, boolean open) {

        /** What waits under the heading in all. */
        public int waiting() {
            return links.stream()
                    .map(Link::badge)
                    .filter(Objects::nonNull)
                    .mapToInt(Integer::intValue)
                    .sum();
        }
    }

    /** So many items fit beside a page without scrolling; of a longer menu so many stand open before the reader chooses. */
    private static final int FITS = 18;

    private static final int AT_ONCE = 13;

    private final HttpServletRequest request;
    private final Shells shells;
    private final Reader reader;
    private final Instant now;
    private @Nullable List<NavEntry.Item> items;

    Shell(HttpServletRequest request, Shells shells, Reader reader, Instant now) {
        this.request = request;
        this.shells = shells;
        this.reader = reader;
        this.now = now;
    }

    public Reader reader() {
        return reader;
    }

    public Instant now() {
        return now;
    }

    public String path() {
        return request.getRequestURI();
    }

    /** What was just done, by the address that a form's answer leads to; the page puts it into words. */
    public @Nullable String done() {
        return request.getParameter("done");
    }

    public boolean care() {
        if (reader.signedIn()) {
            return reader.care();
        }
        var cookies = request.getCookies();
        return cookies != null
                && Arrays.stream(cookies)
                        .anyMatch(c ->
                                c.getName().equals(CARE_COOKIE) && c.getValue().equals("on"));
    }

    /** Whether the data is invented: every page says so then. */
    public boolean demo() {
        return shells.demo();
    }

    /** Token for the hidden field {@code _csrf}. Asking for it may start a session, so only a page with a form asks. */
    public String csrf() {
        var token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return token == null ? "" : token.getToken();
    }

    /** A fresh key for the hidden field {@code _once} of a form that makes something. */
    public String once() {
        return UUID.randomUUID().toString();
    }

    /**
     * The version of a form: the one that the thing has now, but on a form that comes back because something in it was
     * refused the one it was sent with. What is typed there was typed over that older version, so whoever changed the thing
     * meanwhile must still be found out when it is sent again.
     */
    public int version(int current) {
        var sent = request.getParameter("version");
        return HttpStatus.UNPROCESSABLE_CONTENT.equals(request.getAttribute(View.RESPONSE_STATUS_ATTRIBUTE))
                        && sent != null
                        && sent.matches("\\d{1,9}")
                ? Integer.parseInt(sent)
                : current;
    }

    /** What was typed into a form that somebody else was first with; the form may be gone from the page that says so. */
    public Kept kept() {
        return HttpStatus.CONFLICT.equals(request.getAttribute(View.RESPONSE_STATUS_ATTRIBUTE))
                ? Kept.of(request)
                : Kept.NONE;
    }

    /** Whether the reader works at a desk; whoever only lives here reads on the phone's pages. */
    public boolean desk() {
        return reader.grants().stream().anyMatch(grant -> grant.unit() == null);
    }

    /** Who a desk is, by its code ROLE@place: 同岗：竹西社区. */
    public String deskWords(String code) {
        return "同岗的人：" + shells.place(code.substring(code.indexOf('@') + 1));
    }

    public int unread() {
        return shells.unread(reader);
    }

    public int waiting() {
        return shells.waiting(reader);
    }

    /** The reader's whole menu, under its headings. */
    public List<Group> menu() {
        Map<String, List<Link>> groups = new LinkedHashMap<>();
        items().forEach(item ->
                groups.computeIfAbsent(item.group(), g -> new ArrayList<>()).add(link(item)));
        return fold(groups);
    }

    /** Which headings of a menu stand open: all of a short one, else the first ones and the one that the reader is under. */
    static List<Group> fold(Map<String, List<Link>> byName) {
        boolean fits = byName.values().stream().mapToInt(List::size).sum() <= FITS;
        List<Group> groups = new ArrayList<>();
        int shown = 0;
        for (var entry : byName.entrySet()) {
            shown += entry.getValue().size();
            boolean open = fits || shown <= AT_ONCE || entry.getValue().stream().anyMatch(Link::current);
            groups.add(new Group(entry.getKey(), entry.getValue(), open));
        }
        return groups;
    }

    /** The first few menu items, for the bar at the foot of a phone. */
    public List<Link> tabs() {
        return items().stream().limit(5).map(this::link).toList();
    }

    private Link link(NavEntry.Item item) {
        return new Link(
                item.path(),
                item.label(),
                item.icon(),
                item.badge(),
                item.path().equals(currentPath()));
    }

    private List<NavEntry.Item> items() {
        var known = items;
        if (known == null) {
            known = shells.items(reader);
            items = known;
        }
        return known;
    }

    /** Of the item that this page's path stands under the most. */
    private @Nullable String currentPath() {
        return items().stream()
                .filter(item -> item.covers(path()) > 0)
                .max(Comparator.comparingInt(item -> item.covers(path())))
                .map(NavEntry.Item::path)
                .orElse(null);
    }
}
