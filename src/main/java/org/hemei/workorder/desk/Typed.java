package org.hemei.workorder.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;

/** What somebody typed into a form, kept as it came, so that a refused form shows it again. */
public record Typed(MultiValueMap<String, String> values) {

    static final Typed NOTHING = fresh();

    public static Typed fresh() {
        return new Typed(new LinkedMultiValueMap<>());
    }

    /** A copy that can take up photos. */
    public static Typed of(MultiValueMap<String, String> form) {
        return new Typed(new LinkedMultiValueMap<>(form));
    }

    public String get(String name) {
        var value = values.getFirst(name);
        return value == null ? "" : value;
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The names of what was written in words. */
    List<String> written() {
        return java.util.stream.Stream.of("words", "reason", "elsewhere", "what", "result")
                .filter(name -> !get(name).isBlank())
                .toList();
    }

    /** The version of the order that the form was made for. */
    public int version() {
        var text = get("version");
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.of("这张表不完整，请重新打开再填。");
        }
        return Integer.parseInt(text);
    }

    /** A number chosen from a list. */
    public long chosen(String name, String otherwise) {
        var number = number(name);
        if (number == null) {
            throw Refusal.of(name, otherwise);
        }
        return number;
    }

    @Nullable
    public Long number(String name) {
        var text = get(name);
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    /** A day; null when there is none, or nothing that is one. */
    public @Nullable LocalDate day(String name) {
        try {
            return get(name).length() == 10 ? LocalDate.parse(get(name)) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The close of office hours of a day that has to be chosen. */
    public Instant byClose(String name) {
        var day = day(name);
        if (day == null) {
            throw Refusal.of(name, "请选哪天前办完。");
        }
        return CivilTime.at(day, WorkCalendar.CLOSE);
    }

    /** Photos that went up before the form. */
    public List<UUID> photos(String name) {
        var ids = new ArrayList<UUID>();
        for (var text : all(name)) {
            try {
                ids.add(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                throw Refusal.of(name, "有照片没传好。请重新传。");
            }
        }
        return ids;
    }

    /** Without script a photo is taken out by a button of the form; then nothing else happens. */
    public boolean drops() {
        var photo = get("drop");
        values.remove("drop");
        return !photo.isEmpty() && values.values().stream().anyMatch(list -> list.removeIf(photo::equals));
    }

    /** Takes in photos that came with the form itself, as they do without script; they count as chosen from then on. */
    public void take(
            Attachments attachments, Reader reader, int district, String name, @Nullable List<MultipartFile> files) {
        if (files == null) {
            return;
        }
        for (var file : files) {
            if (!file.isEmpty()) {
                try {
                    values.add(
                            name,
                            attachments
                                    .store(reader, district, file, Attachments.Purpose.PHOTO)
                                    .toString());
                } catch (Refusal refused) {
                    throw Refusal.of(name, refused.reasons().getFirst().words());
                }
            }
        }
    }
}
