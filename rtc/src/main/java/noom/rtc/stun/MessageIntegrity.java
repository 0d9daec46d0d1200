// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs and checks messages with HMAC-SHA1 under one key (RFC 8489 §14.5).
///
/// Owner: whoever created it; the MAC inside is reused, so one object serves one thread.
public final class MessageIntegrity {
    /// Bytes of the value of MESSAGE-INTEGRITY.
    public static final int VALUE_BYTES = 20;

    private static final String HMAC = "HmacSHA1";

    private final Mac mac;

    private MessageIntegrity(byte[] key) {
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /// A short-term credential, as ICE has them (§9.1.1): the key is the password.
    ///
    /// @param password not empty; already prepared by the OpaqueString profile (RFC 8265), which
    ///     leaves the ASCII passwords of ICE as they are
    /// @throws IllegalArgumentException if the password is empty
    public static MessageIntegrity ofShortTerm(String password) {
        return new MessageIntegrity(password.getBytes(UTF_8));
    }

    /// A long-term credential (§9.2.2): the key is `MD5(username ":" realm ":" password)`.
    ///
    /// The three texts are already prepared by their profiles.
    public static MessageIntegrity ofLongTerm(String username, String realm, String password) {
        try {
            var key = username + ":" + realm + ":" + password;
            return new MessageIntegrity(
                    MessageDigest.getInstance("MD5").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /// Whether the message carries a MESSAGE-INTEGRITY made with this key; compares in constant
    /// time.
    public boolean verifies(StunMessage message) {
        byte[] given = message.value(StunAttribute.MESSAGE_INTEGRITY);
        if (given == null) {
            return false;
        }
        int at = message.find(StunAttribute.MESSAGE_INTEGRITY);
        byte[] own = of(message.array(), message.offset(), at - message.offset());
        return MessageDigest.isEqual(own, given);
    }

    /// The value over the `lengthBytes` bytes before the attribute. The header is hashed as if the
    /// message ended with the attribute; the bytes are not touched.
    byte[] of(byte[] bytes, int offset, int lengthBytes) {
        int countedBytes =
                lengthBytes
                        - StunMessage.HEADER_BYTES
                        + StunMessage.ATTRIBUTE_HEADER_BYTES
                        + VALUE_BYTES;
        var head = Arrays.copyOfRange(bytes, offset, offset + 4);
        head[2] = (byte) (countedBytes >>> 8);
        head[3] = (byte) countedBytes;
        mac.update(head);
        mac.update(bytes, offset + 4, lengthBytes - 4);
        return mac.doFinal();
    }
}
