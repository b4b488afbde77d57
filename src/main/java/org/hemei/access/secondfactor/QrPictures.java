package org.hemei.access.secondfactor;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/** A QR code as a drawing: sharp at every size, and nothing to be stored. */
public final class QrPictures {

    private static final int QUIET = 4; // modules of white around it, as the standard wants

    private QrPictures() {}

    /** What an authenticator scans to know the secret. */
    public static String of(String secret, String username) {
        return svg(Totp.address(secret, username));
    }

    static String svg(String words) {
        try {
            var hints = Map.of(EncodeHintType.MARGIN, QUIET, EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);
            var modules = new QRCodeWriter().encode(words, BarcodeFormat.QR_CODE, 0, 0, hints);
            var path = new StringBuilder();
            for (var y = 0; y < modules.getHeight(); y++) {
                for (var x = 0; x < modules.getWidth(); x++) {
                    if (modules.get(x, y)) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"%s\"/></svg>"
                    .formatted(modules.getWidth(), modules.getHeight(), modules.getWidth(), modules.getHeight(), path);
        } catch (WriterException e) {
            throw new IllegalStateException("too much for a QR code", e);
        }
    }
}
