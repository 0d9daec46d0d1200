// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A change to one file in the unified form that `git diff` writes, applied by its words: what it
/// takes away, with the lines around, must stand in the file exactly once.
record Patch(String path, List<Hunk> hunks) {
    /// One place.
    record Hunk(List<String> before, List<String> after) {}

    /// @throws IllegalArgumentException if this is no such change
    static Patch parse(List<String> lines) {
        String path = "";
        var hunks = new ArrayList<Hunk>();
        for (String line : lines) {
            if (line.startsWith("+++ b/")) {
                path = line.substring("+++ b/".length());
            } else if (line.startsWith("@@ ")) {
                hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
            } else if (!hunks.isEmpty() && !line.isEmpty()) {
                add(line.charAt(0), line.substring(1), hunks.getLast());
            }
        }
        if (path.isEmpty() || hunks.isEmpty()) {
            throw new IllegalArgumentException("no change");
        }
        return new Patch(path, hunks);
    }

    private static void add(char kind, String text, Hunk hunk) {
        if (kind == ' ' || kind == '-') {
            hunk.before.add(text);
        }
        if (kind == ' ' || kind == '+') {
            hunk.after.add(text);
        }
    }

    /// Whether it can be applied to a file of these lines, and changes it.
    boolean fits(List<String> lines) {
        return hunks.stream()
                .allMatch(
                        hunk -> {
                            int first = Collections.indexOfSubList(lines, hunk.before);
                            int last = Collections.lastIndexOfSubList(lines, hunk.before);
                            return first >= 0 && first == last && !hunk.before.equals(hunk.after);
                        });
    }

    /// The file afterwards.
    List<String> applyTo(List<String> lines) {
        var changed = new ArrayList<>(lines);
        for (var hunk : hunks) {
            int at = Collections.indexOfSubList(changed, hunk.before);
            var place = changed.subList(at, at + hunk.before.size());
            place.clear();
            place.addAll(hunk.after);
        }
        return changed;
    }
}
