package org.hemei.platform.find;

import java.util.Comparator;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Searchable;
import org.hemei.platform.Searchable.Group;
import org.hemei.platform.web.Address;
import org.hemei.platform.web.FormAnswer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * 搜索: one box for everything the reader may open. The box posts, so that a phone never stands in an address, which logs and
 * histories keep; anything else goes on to an address that can be kept.
 */
@Controller
class FindPages {

    private static final int LONGEST = 60;

    private final List<Searchable> rooms;

    FindPages(List<Searchable> rooms) {
        this.rooms = rooms.stream()
                .sorted(Comparator.comparingInt(Searchable::order))
                .toList();
    }

    @GetMapping("/find")
    ModelAndView find(Reader reader, @RequestParam(defaultValue = "") String q) {
        return found(reader, clean(q));
    }

    private ModelAndView found(Reader reader, String text) {
        return page(
                text,
                text.isEmpty()
                        ? List.of()
                        : rooms.stream()
                                .flatMap(room -> room.find(reader, text).stream())
                                .toList(),
                phone(text) && rooms.stream().anyMatch(room -> room.findsByPhone(reader)),
                false);
    }

    @PostMapping("/find")
    ModelAndView ask(Reader reader, @RequestParam(defaultValue = "") String q) {
        var text = clean(q);
        var digits = text.replace(" ", "").replace("-", "");
        if (phone(text)) {
            return rooms.stream().anyMatch(room -> room.findsByPhone(reader))
                    ? page(
                            text,
                            rooms.stream()
                                    .flatMap(room -> room.byPhone(reader, digits).stream())
                                    .toList(),
                            false,
                            true)
                    : found(reader, text);
        }
        return FormAnswer.seeOther(Address.of("/find").with("q", text).toString());
    }

    private static ModelAndView page(String text, List<Group> groups, boolean mayAskByPhone, boolean byPhone) {
        var page = new ModelAndView("platform/find/find");
        page.addObject("q", text);
        page.addObject("groups", groups);
        page.addObject("mayAskByPhone", mayAskByPhone);
        page.addObject("byPhone", byPhone);
        return page;
    }

    /** 13912345678, 0551-6220 0000: what can be a phone, though it may be an order's number too. */
    private static boolean phone(String text) {
        return text.matches("[0-9][0-9 -]{5,15}")
                && text.replaceAll("\\D", "").matches("1\\d{10}|0\\d{9,11}|[2-9]\\d{6,7}");
    }

    private static String clean(String q) {
        var text = q.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip().replaceAll("\\s+", " ");
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
