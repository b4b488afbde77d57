package org.hemei.evaluation.listing;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The list as everybody sees it. */
@Controller
class PublicListingPages {

    private final PublicListings listings;

    PublicListingPages(PublicListings listings) {
        this.listings = listings;
    }

    @GetMapping("/blacklist")
    String list(Model model) {
        var published = listings.published(null);
        model.addAttribute(
                "listed", published.stream().filter(one -> !one.wrong()).toList());
        model.addAttribute(
                "wrong", published.stream().filter(PublicListings.Listed::wrong).toList());
        model.addAttribute("today", listings.today());
        return "evaluation/listing/public";
    }
}
