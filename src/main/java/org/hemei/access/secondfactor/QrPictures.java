package org.hemei.access.secondfactor;

import org.hemei.platform.web.QrCode;

/** What an authenticator scans to know the secret, as a QR code. */
public final class QrPictures {

    private QrPictures() {}

    public static String of(String secret, String username) {
        return QrCode.of(Totp.address(secret, username)).svg();
    }
}
