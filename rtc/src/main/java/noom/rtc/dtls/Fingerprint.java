// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The hash of a certificate, by which one side of a call tells the other, over signalling, whom
/// it will meet in the handshake (RFC 8122 section 5). Compared in constant time.
public final class Fingerprint {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    private final Algorithm algorithm;
    private final byte[] hash;

    /// The hash functions that are good enough.
    public enum Algorithm {
        /// What browsers use.
        SHA_256(32),
        /// A longer one.
        SHA_384(48),
        /// The longest.
        SHA_512(64);

        private final int hashBytes;

        Algorithm(int hashBytes) {
            this.hashBytes = hashBytes;
        }

        /// Its name in signalling, such as `sha-256`.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static @Nullable Algorithm ofText(String text) {
            for (var algorithm : values()) {
                if (algorithm.text().equalsIgnoreCase(text)) {
                    return algorithm;
                }
            }
            return null;
        }

        /// The platform's name for it is the same in capitals.
        private byte[] hash(byte[] bytes) {
            try {
                return MessageDigest.getInstance(text().toUpperCase(Locale.ROOT)).digest(bytes);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-2", e);
            }
        }
    }

    private Fingerprint(Algorithm algorithm, byte[] hash) {
        this.algorithm = algorithm;
        this.hash = hash;
    }

    /// Of a certificate.
    ///
    /// @param certificate its DER encoding
    public static Fingerprint of(Algorithm algorithm, byte[] certificate) {
        return new Fingerprint(algorithm, algorithm.hash(certificate));
    }

    /// As signalling has it.
    ///
    /// @param algorithm such as `sha-256`, in letters of any case
    /// @param value two hexadecimal digits for each byte, in letters of any case, as browsers
    ///     disagree, with colons between
    /// @return empty for an unknown algorithm, another length or anything else in between
    public static Optional<Fingerprint> parse(String algorithm, String value) {
        var known = Algorithm.ofText(algorithm);
        if (known == null || value.length() != 3 * known.hashBytes - 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Fingerprint(known, HEX.parseHex(value)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The hash function.
    public Algorithm algorithm() {
        return algorithm;
    }

    /// The hash as signalling has it: capital hexadecimal digits with colons.
    public String value() {
        return HEX.formatHex(hash);
    }

    /// Whether this is the fingerprint of a certificate.
    ///
    /// @param certificate its DER encoding
    public boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(hash, algorithm.hash(certificate));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint that
                && algorithm == that.algorithm
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return algorithm.text() + " " + value();
    }
}
