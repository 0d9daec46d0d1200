// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import noom.rtc.dtls.BoundedCrypto.BoundedCipher;
import noom.rtc.wire.BigEndian;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.junit.jupiter.api.Test;

/// What a peer says under the new keys is bounded as well.
class BoundedCryptoTest {
    private static final int OFFSET = 5;

    /// Decrypts a record of this type that claims a message of so many bytes.
    private static TlsDecodeResult decoded(short contentType, int messageBytes) throws IOException {
        var plain = new byte[OFFSET + 24];
        BigEndian.put24(plain, OFFSET + 1, messageBytes);
        BigEndian.put24(plain, OFFSET + 9, 12);
        var inner =
                (TlsCipher)
                        Proxy.newProxyInstance(
                                TlsCipher.class.getClassLoader(),
                                new Class<?>[] {TlsCipher.class},
                                (_, _, _) -> new TlsDecodeResult(plain, OFFSET, 24, contentType));
        return new BoundedCipher(inner)
                .decodeCiphertext(0, contentType, ProtocolVersion.DTLSv12, plain, 0, plain.length);
    }

    @Test
    void a_long_message_is_dropped_like_a_forged_one() {
        assertThatThrownBy(() -> decoded(ContentType.handshake, RecordBounds.MAX_MESSAGE_BYTES + 1))
                .isInstanceOfSatisfying(
                        TlsFatalAlert.class,
                        alert ->
                                assertThat(alert.getAlertDescription())
                                        .isEqualTo(AlertDescription.bad_record_mac));
    }

    @Test
    void a_short_one_and_what_is_no_message_pass() throws IOException {
        assertThat(decoded(ContentType.handshake, RecordBounds.MAX_MESSAGE_BYTES).len)
                .isEqualTo(24);
        assertThat(decoded(ContentType.application_data, 0xFFFFFF).len).isEqualTo(24);
    }
}
