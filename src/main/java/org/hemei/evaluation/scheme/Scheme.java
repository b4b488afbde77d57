package org.hemei.evaluation.scheme;

import java.time.Instant;
import java.util.Locale;
import org.hemei.platform.Chip;
import org.jspecify.annotations.Nullable;

/**
 * 测评方案: a version of the rules of evaluation in an area, with its basis.
 *
 * @param hash of the content as text, from the day it was published; empty before
 */
public record Scheme(
        long id,
        String area,
        String areaName,
        String title,
        String basis,
        State state,
        int version,
        @Nullable Long basedOn,
        SchemeContent content,
        String hash,
        Instant madeAt,
        @Nullable Instant publishedAt) {

    /** A draft is changed and published; what is published is never changed, only replaced. */
    public enum State {
        DRAFT("草稿", "wait", "edit"),
        PUBLISHED("已发布", "ok", "check"),
        RETIRED("不再用", "", "hist");

        private final Chip chip;

        State(String words, String tone, String icon) {
            this.chip = new Chip(words, tone, icon);
        }

        public String words() {
            return chip.words();
        }

        public Chip chip() {
            return chip;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public String path() {
        return "/schemes/" + id;
    }
}
