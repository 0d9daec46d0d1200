// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What the two sides of one ICE session tell each other by signalling (RFC 8445 section 5.3).
///
/// @param ufrag the username fragment, 4 to 256 letters, digits, `+` or `/`; on a port that many
///     share it finds the session, so no two may have the same
/// @param password 22 to 256 of the same; never logged
public record IceCredentials(String ufrag, String password) {
    private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");

    private static final String ICE_CHARS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// Six bits each: 72 and 192.
    private static final int UFRAG_CHARS = 12;

    private static final int PASSWORD_CHARS = 32;

    /// @throws IllegalArgumentException for other characters or lengths
    public IceCredentials {
        if (!UFRAG.matcher(ufrag).matches() || !PASSWORD.matcher(password).matches()) {
            throw new IllegalArgumentException("not ICE credentials");
        }
    }

    /// New ones that nobody can guess.
    ///
    /// @param random unpredictable, such as `SecureRandom`
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(text(random, UFRAG_CHARS), text(random, PASSWORD_CHARS));
    }

    private static String text(RandomGenerator random, int chars) {
        var text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }

    /// Without the password.
    @Override
    public String toString() {
        return "IceCredentials[ufrag=" + ufrag + "]";
    }
}
