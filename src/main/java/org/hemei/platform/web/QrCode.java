package org.hemei.platform.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A QR code as black runs of modules, so that it can be drawn anywhere: sharp at every size, and nothing to be stored.
 *
 * @param size modules on each side, with the white margin that the standard wants
 */
public record QrCode(int size, List<Run> runs) {

    private static final int QUIET = 4;

    /** So many black modules in a row. */
    public record Run(int x, int y, int length) {}

    public static QrCode of(String words) {
        try {
            var hints = Map.of(EncodeHintType.MARGIN, QUIET, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);
            var modules = new QRCodeWriter().encode(words, BarcodeFormat.QR_CODE, 0, 0, hints);
            var runs = new ArrayList<Run>();
            for (var y = 0; y < modules.getHeight(); y++) {
                for (var x = 0; x < modules.getWidth(); ) {
                    var from = x;
                    while (x < modules.getWidth() && modules.get(x, y)) {
                        x++;
                    }
                    if (x > from) {
                        runs.add(new Run(from, y, x - from));
                    } else {
                        x++;
                    }
                }
            }
            return new QrCode(modules.getWidth(), List.copyOf(runs));
        } catch (WriterException e) {
            throw new IllegalStateException("too much for a QR code", e);
        }
    }

    public String svg() {
        var path = new StringBuilder();
        runs.forEach(run -> path.append('M')
                .append(run.x)
                .append(' ')
                .append(run.y)
                .append('h')
                .append(run.length)
                .append("v1h-")
                .append(run.length)
                .append('z'));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%1$dv%1$dH0z\"/><path d=\"%2$s\"/></svg>"
                .formatted(size, path);
    }
}
