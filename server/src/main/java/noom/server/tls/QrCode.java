// SPDX-License-Identifier: Apache-2.0
package noom.server.tls;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/// A QR code for a terminal, two rows of dots per line of text.
public final class QrCode {
    private static final int QUIET_ZONE = 2;

    private QrCode() {}

    /// Draws light on dark, with the quiet zone that readers want.
    ///
    /// @param text at most some hundred characters
    public static String draw(String text) {
        try {
            var dots =
                    new QRCodeWriter()
                            .encode(
                                    text,
                                    BarcodeFormat.QR_CODE,
                                    0,
                                    0,
                                    Map.of(EncodeHintType.MARGIN, QUIET_ZONE));
            var lines = new StringBuilder();
            for (int y = 0; y < dots.getHeight(); y += 2) {
                lines.append("  ");
                for (int x = 0; x < dots.getWidth(); x++) {
                    lines.append(cell(isLight(dots, x, y), isLight(dots, x, y + 1)));
                }
                lines.append('\n');
            }
            return lines.toString();
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code for " + text.length() + " chars", e);
        }
    }

    private static boolean isLight(BitMatrix dots, int x, int y) {
        return y < dots.getHeight() && !dots.get(x, y);
    }

    private static char cell(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '█' : '▀';
        }
        return lower ? '▄' : ' ';
    }
}
