// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// A password as it is kept: PBKDF2 with HMAC-SHA-512 (RFC 8018 §5.2), written as
/// `pbkdf2-sha512:iterations:salt:hash`, the last two in base64.
///
/// ```java
/// System.out.println(PasswordHash.of("correct horse", new SecureRandom()));
/// ```
public final class PasswordHash implements PasswordCheck {
    /// Longer passwords are wrong.
    public static final int MAX_CHARS = 1_024;

    /// What OWASP's password storage sheet asks of this function (2023).
    private static final int ITERATIONS = 210_000;

    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 64;
    private static final String SCHEME = "pbkdf2-sha512";

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /// Of a new password.
    ///
    /// @param random unpredictable, such as `SecureRandom`
    public static PasswordHash of(String password, RandomGenerator random) {
        return of(password, random, ITERATIONS);
    }

    /// With less work, for tests.
    static PasswordHash of(String password, RandomGenerator random, int iterations) {
        if (password.isEmpty() || password.length() > MAX_CHARS) {
            throw new IllegalArgumentException("password of no or too many characters");
        }
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password, salt, iterations));
    }

    /// Reads what [#toString] wrote.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static PasswordHash parse(String text) {
        var parts = text.split(":", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("not " + SCHEME + ":iterations:salt:hash");
        }
        int iterations = Integer.parseInt(parts[1]);
        var salt = Base64.getDecoder().decode(parts[2]);
        var hash = Base64.getDecoder().decode(parts[3]);
        if (iterations < 1
                || iterations > MAX_ITERATIONS
                || salt.length < SALT_BYTES
                || hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("password hash with a part out of its range");
        }
        return new PasswordHash(iterations, salt, hash);
    }

    @Override
    public boolean accepts(String password) {
        return !password.isEmpty()
                && password.length() <= MAX_CHARS
                && MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) { // the JDK has it
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }

    /// For a settings file.
    @Override
    public String toString() {
        var base64 = Base64.getEncoder();
        return String.join(
                ":",
                SCHEME,
                Integer.toString(iterations),
                base64.encodeToString(salt),
                base64.encodeToString(hash));
    }
}
