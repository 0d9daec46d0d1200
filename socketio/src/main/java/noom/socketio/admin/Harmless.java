// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values to look at: a copy of bounded size in which everything has JSON. Binary data is told by
/// its size, an object of the application by its class; what is cut ends with `…`.
///
/// Owner: the thread that made it.
final class Harmless {
    static final int MAX_TEXT_CHARS = 1_000;
    static final int MAX_ITEMS = 100;
    static final int MAX_DEPTH = 10;

    /// About what one value may take, in characters.
    static final int MAX_CHARS = 16_000;

    private static final String MORE = "…";

    private int charsLeft = MAX_CHARS;

    /// A copy of any value.
    static @Nullable Object of(@Nullable Object value) {
        return new Harmless().copy(value, 0);
    }

    /// A copy of an event: its name, then its arguments.
    static List<@Nullable Object> of(String name, Collection<? extends @Nullable Object> values) {
        var all = new ArrayList<@Nullable Object>();
        all.add(name);
        all.addAll(values);
        return new Harmless().list(all, 0);
    }

    /// The beginning of a text.
    static String text(String text) {
        return cut(text, MAX_TEXT_CHARS);
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        boolean splitsPair = maxChars > 0 && Character.isHighSurrogate(text.charAt(maxChars - 1));
        return text.substring(0, splitsPair ? maxChars - 1 : maxChars) + MORE;
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        charsLeft--;
        return switch (value) {
            case null -> null;
            case CharSequence text -> take(text);
            case Boolean truth -> truth;
            case Integer number -> number;
            case Long number -> number;
            case Number number -> number.doubleValue();
            case Enum<?> constant -> constant.name();
            case byte[] bytes -> "<binary, " + bytes.length + " bytes>";
            case Map<?, ?> map -> depth < MAX_DEPTH ? map(map, depth) : MORE;
            case Collection<?> items -> depth < MAX_DEPTH ? list(items, depth) : MORE;
            case Object[] items -> depth < MAX_DEPTH ? list(Arrays.asList(items), depth) : MORE;
            default -> "<" + value.getClass().getSimpleName() + ">";
        };
    }

    private String take(CharSequence text) {
        int maxChars = Math.clamp(charsLeft, 0, MAX_TEXT_CHARS);
        var taken = cut(text.toString(), maxChars);
        charsLeft -= taken.length();
        return taken;
    }

    private List<@Nullable Object> list(Collection<? extends @Nullable Object> items, int depth) {
        var copies = new ArrayList<@Nullable Object>();
        for (var item : items) {
            if (copies.size() == MAX_ITEMS || charsLeft <= 0) {
                copies.add(MORE);
                break;
            }
            copies.add(copy(item, depth + 1));
        }
        return copies;
    }

    private Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
        var copies = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : map.entrySet()) {
            if (copies.size() == MAX_ITEMS || charsLeft <= 0) {
                copies.put(MORE, MORE);
                break;
            }
            var name = take(String.valueOf(entry.getKey()));
            copies.put(name, copy(entry.getValue(), depth + 1));
        }
        return copies;
    }
}
