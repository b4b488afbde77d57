package org.hemei.workorder;

import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.archive.PastYears;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * An order has one address, whoever reads it and however old it is: residents can pass it on to the community, and a link in a
 * notice always fits. One of past years is read only.
 */
@Controller
class OrderAddress {

    private final WorkOrders orders;
    private final Standings standings;
    private final List<OrderScreen> screens;
    private final PastYears past;

    OrderAddress(WorkOrders orders, Standings standings, List<OrderScreen> screens, PastYears past) {
        this.past = past;
        this.orders = orders;
        this.standings = standings;
        this.screens = screens;
    }

    @GetMapping("/orders/{id:\\d{6}-\\d+}")
    String order(Reader reader, @PathVariable OrderId id, Model model) {
        if (orders.find(id).isPresent()) {
            return show(reader, id, model);
        }
        model.addAttribute("archived", true);
        return past.read(() -> show(reader, id, model));
    }

    private String show(Reader reader, OrderId id, Model model) {
        var found = orders.find(id).map(order -> standings.of(reader, order)).orElseThrow(() -> new Missing("没有这张工单。"));
        return screens.stream()
                .filter(screen -> screen.serves(found))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这张工单。"))
                .show(reader, id, model);
    }
}
