package org.hemei.ballot;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.springframework.stereotype.Component;

/** Pictures of sheets: they show a number and its answers, help where two readings differ, and end with the poll. */
@Component
class Scans {

    static final String OWNER_KIND = "ballot_sheet";

    private final Attachments attachments;
    private final PaperSheets sheets;

    Scans(Attachments attachments, PaperSheets sheets) {
        this.attachments = attachments;
        this.sheets = sheets;
    }

    private static String owner(long poll, String serial) {
        return poll + "-" + serial;
    }

    void keep(PaperSheets.Sheet sheet, Collection<UUID> scans, Reader reader) {
        attachments.attach(sheet.district(), scans, OWNER_KIND, owner(sheet.poll(), sheet.serial()), reader);
    }

    /** The scans of sheets of one group, by serial. */
    Map<String, List<Attachment>> of(int district, long poll, Collection<String> serials) {
        var owners = serials.stream().map(serial -> owner(poll, serial)).toList();
        return attachments.list(district, OWNER_KIND, owners).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring(entry.getKey().indexOf('-') + 1), Map.Entry::getValue));
    }

    void delete(Boxes.Group group) {
        var owners = sheets.serials(group).stream()
                .map(serial -> owner(group.poll(), serial))
                .toList();
        attachments.delete(group.district(), OWNER_KIND, owners);
    }
}
