package org.hemei.registry.body;

import java.util.Arrays;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.BodyOffices.Verb;

/** What can be done with a body that is there, as a page says it. */
enum BodyVerb {
    RENAME(Verb.RENAME, "更名", "改名称", "edit"),
    AMEND(Verb.RENAME, "更正名称", "更正", "edit"),
    BUILDINGS(Verb.FOUND, "调整楼栋", "登记", "home"),
    MOVE(Verb.MOVE, "换上级", "换上级", "swap"),
    MERGE(Verb.MERGE, "合并…", "合并", "merge"),
    DISSOLVE(Verb.DISSOLVE, "撤销…", "撤销", "cross"),
    CORRECT(Verb.CORRECT, "更正日期", "更正", "cal"),
    RESTORE(Verb.RESTORE, "恢复…", "恢复", "back");

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
        if (this != MOVE) {
            return label;
        }
        return seated(view) ? "换登记地" : alone(view) ? "随小区换社区" : label;
    }

    /** A company or a branch of one: its area is where it is registered, not whom it stands under. */
    static boolean seated(BodyView view) {
        return view.kind() == BodyKind.COMPANY || view.kind() == BodyKind.COMPANY_BRANCH;
    }

    static boolean alone(BodyView view) {
        return BodyRule.of(view.kind()).under().isEmpty();
    }

    boolean may(Reader reader, BodyView view) {
        return (this != MOVE || !alone(view) || view.astray() || seated(view))
                && (this != BUILDINGS || view.kind() == BodyKind.BUILDING_GROUP)
                && BodyOffices.may(reader, verb, view.kind(), view.body().area());
    }

    /** Those this reader can use on this body now. */
    static List<BodyVerb> open(Reader reader, BodyView view) {
        return Arrays.stream(values())
                .filter(verb -> switch (verb) {
                    case CORRECT -> view.changes().stream().anyMatch(BodyView.Change::canCorrect);
                    case RESTORE -> "dissolved".equals(view.ending());
                    default -> view.body().until() == null;
                })
                .filter(verb -> verb.may(reader, view))
                .toList();
    }
}
