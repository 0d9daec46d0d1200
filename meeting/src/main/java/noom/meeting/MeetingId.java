// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a link names: 96 random bits as 16 characters of base64url. Who knows it may come in.
public record MeetingId(String value) {
    private static final int BYTES = 12;
    private static final int CHARS = 16;

    /// @throws IllegalArgumentException when the text is not 16 characters of base64url
    public MeetingId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a meeting id");
        }
    }

    /// A new id.
    ///
    /// @param random must be unpredictable: [java.security.SecureRandom] in production
    public static MeetingId random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new MeetingId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The id that the text spells, or nothing.
    public static Optional<MeetingId> parse(String text) {
        return isValid(text) ? Optional.of(new MeetingId(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text.length() == CHARS && text.chars().allMatch(MeetingId::isBase64Url);
    }

    private static boolean isBase64Url(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }
}
