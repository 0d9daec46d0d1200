// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// Cleans what people call themselves and their meetings.
///
/// Names and titles are labels, never identity: two people may have the same.
public final class Label {
    /// Longest name of a person, in grapheme clusters.
    public static final int MAX_NAME_CLUSTERS = 40;

    /// Longest title of a meeting, in grapheme clusters.
    public static final int MAX_TITLE_CLUSTERS = 80;

    /// A cluster may be many characters (a family emoji has 11); more than this is an attack.
    private static final int MAX_CHARS_PER_CLUSTER = 16;

    private Label() {}

    /// A person's name: 1 to 40 grapheme clusters after cleaning, or nothing.
    public static Optional<String> name(String raw) {
        return clean(raw, MAX_NAME_CLUSTERS).filter(name -> !name.isEmpty());
    }

    /// A meeting's title: 0 to 80 grapheme clusters after cleaning, or nothing.
    public static Optional<String> title(String raw) {
        return clean(raw, MAX_TITLE_CLUSTERS);
    }

    private static Optional<String> clean(String raw, int maxClusters) {
        if (raw.length() > maxClusters * MAX_CHARS_PER_CLUSTER) {
            return Optional.empty();
        }
        var visible = new StringBuilder(raw.length());
        raw.codePoints()
                .filter(Label::isVisible)
                .map(c -> Character.isWhitespace(c) ? ' ' : c)
                .forEach(visible::appendCodePoint);
        // Composed last: what stood between two characters may be gone now.
        String text = Normalizer.normalize(visible, Normalizer.Form.NFC).strip();
        return clusters(text) <= maxClusters ? Optional.of(text) : Optional.empty();
    }

    /// Controls, lone surrogates and the characters that turn the direction of what follows
    /// (Unicode UAX #9) would let one name change how others look.
    private static boolean isVisible(int c) {
        if (Character.isWhitespace(c)) {
            return true;
        }
        boolean turnsDirection =
                (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x061C;
        return !turnsDirection
                && c != 0x200E
                && c != 0x200F
                && c != 0xFEFF
                && Character.getType(c) != Character.CONTROL
                && Character.getType(c) != Character.SURROGATE
                && Character.getType(c) != Character.UNASSIGNED;
    }

    private static int clusters(String text) {
        var boundaries = BreakIterator.getCharacterInstance(Locale.ROOT);
        boundaries.setText(text);
        int count = 0;
        while (boundaries.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }
}
