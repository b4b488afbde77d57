package org.hemei.platform.attachment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.hemei.platform.Refusal;

/**
 * What a file is by its content; its name and what the browser says about it do not count. The list is short on
 * purpose: every kind on it is either re-drawn from its pixels (photos) or only ever handed out as a download (PDF).
 */
enum FileKind {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    PDF("application/pdf", "pdf");

    private static final byte[] PNG_SIGN = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> HEIC = Set.of("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif");
    private static final int TAIL = 2048;

    final String mediaType;
    final String extension;

    FileKind(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    boolean isPhoto() {
        return this != PDF;
    }

    /** @throws Refusal for everything that is not kept, with words that say what to do instead */
    static FileKind of(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() == 0) {
                throw refuse("这个文件是空的。请重新选一个。");
            }
            var head = new byte[(int) Math.min(16, in.length())];
            in.readFully(head);
            var text = new String(head, StandardCharsets.ISO_8859_1);
            if (text.startsWith("\u00ff\u00d8\u00ff")) {
                return JPEG;
            }
            if (text.startsWith(new String(PNG_SIGN, StandardCharsets.ISO_8859_1))) {
                return PNG;
            }
            if (text.startsWith("%PDF-") && tail(in).contains("%%EOF")) {
                return PDF;
            }
            throw refuse(instead(text));
        }
    }

    private static String tail(RandomAccessFile in) throws IOException {
        var tail = new byte[(int) Math.min(TAIL, in.length())];
        in.seek(in.length() - tail.length);
        in.readFully(tail);
        return new String(tail, StandardCharsets.ISO_8859_1);
    }

    private static String instead(String head) {
        if (head.length() >= 12 && head.startsWith("ftyp", 4) && HEIC.contains(head.substring(8, 12))) {
            return "这是苹果手机的 HEIC 照片。请在“设置”里把相机格式改成“兼容性最佳”，或截一张图再传。";
        }
        if (head.startsWith("GIF8") || head.startsWith("RIFF") || head.startsWith("BM")) {
            return "这种图片存不了。请截一张图，或换成 JPG、PNG 照片再传。";
        }
        if (head.startsWith("PK") || head.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            return "压缩包和 Office 文件存不了。请另存为 PDF 再传。";
        }
        if (head.startsWith("%PDF-")) {
            return "这个 PDF 不完整。请重新导出再传。";
        }
        return "只能传 JPG、PNG 照片或 PDF 文件。请换一个再传。";
    }

    static Refusal refuse(String words) {
        return Refusal.of("file", words);
    }
}
