// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// What a tab shows to be the same person again: 128 random bits. Only its SHA-256 is kept.
public final class ResumeSecret {
    private static final int BYTES = 16;
    private static final int MAX_CHARS = 64;

    private ResumeSecret() {}

    /// A new one.
    ///
    /// @param random unpredictable
    static String random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Whether it can be one of ours: not so short that it could be guessed.
    static boolean isPlausible(String secret) {
        return secret.length() >= 22 && secret.length() <= MAX_CHARS;
    }

    /// What is kept of it.
    public static String keyOf(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder()
                    .encodeToString(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
