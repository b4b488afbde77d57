package org.hemei.registry.body;

import java.util.Arrays;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.body.BodyOffices.Verb;

/** What can be done with a body that is there, as a page says it. */
enum BodyVerb {
    RENAME(Verb.RENAME, "更名", "改名称", "edit"),
    MOVE(Verb.MOVE, "换上级", "换上级", "swap"),
    MERGE(Verb.MERGE, "合并…", "合并", "merge"),
    DISSOLVE(Verb.DISSOLVE, "撤销…", "撤销", "cross"),
    CORRECT(Verb.CORRECT, "更正日期", "更正", "cal");

    private final Verb verb;
    private final String label;
    private final String button;
    private final String icon;

    BodyVerb(Verb verb, String label, String button, String icon) {
        this.verb = verb;
        this.label = label;
        this.button = button;
        this.icon = icon;
    }

    /** On the page that asks. */
    String button() {
        return button;
    }

    String icon() {
        return icon;
    }

    String path() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Under another body; or, for one that stands under none, with its estate to the community that this has come to. */
    String label(BodyView view) {
        return this == MOVE && alone(view) ? "随小区换社区" : label;
    }

    static boolean alone(BodyView view) {
        return BodyRule.of(view.kind()).under().isEmpty();
    }

    boolean may(Reader reader, BodyView view) {
        return (this != MOVE || !alone(view) || view.astray())
                && BodyOffices.may(reader, verb, view.kind(), view.body().area());
    }

    /** Those this reader can use on this body now. */
    static List<BodyVerb> open(Reader reader, BodyView view) {
        return Arrays.stream(values())
                .filter(verb -> verb == CORRECT
                        ? view.changes().stream().anyMatch(BodyView.Change::canCorrect)
                        : view.body().until() == null)
                .filter(verb -> verb.may(reader, view))
                .toList();
    }
}
