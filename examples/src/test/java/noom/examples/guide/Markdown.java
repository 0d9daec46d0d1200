// SPDX-License-Identifier: Apache-2.0
package noom.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A Markdown file, as far as its code blocks and tables go.
record Markdown(String name, List<String> lines) {
    /// The root of the repository; Surefire runs in the module's folder.
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// A block of Java code.
    ///
    /// @param file where it is from
    /// @param firstLine the line number of its first line there
    record Snippet(String file, int firstLine, String code) {
        @Override
        public String toString() {
            return file + ":" + firstLine;
        }
    }

    /// A row of a table that is not its head.
    record Row(String file, int line, List<String> cells) {}

    /// @param path from the root of the repository
    static Markdown read(String path) throws IOException {
        return new Markdown(path, Files.readAllLines(ROOT.resolve(path)));
    }

    static Markdown of(String name, String text) {
        return new Markdown(name, text.lines().toList());
    }

    /// The blocks between a line that begins with three backticks and `java`, and the next fence.
    List<Snippet> snippets() {
        var found = new ArrayList<Snippet>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```java")) {
                int first = i + 1;
                while (!lines.get(++i).equals("```")) {}
                var code = String.join("\n", lines.subList(first, i)) + "\n";
                found.add(new Snippet(name, first + 1, code));
            }
        }
        return found;
    }

    /// The rows below each line of dashes.
    List<Row> rows() {
        var found = new ArrayList<Row>();
        boolean isBelowHead = false;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (!line.startsWith("|")) {
                isBelowHead = false;
            } else if (line.matches("[|\\s:-]+")) {
                isBelowHead = true;
            } else if (isBelowHead) {
                var cells = Arrays.stream(line.substring(1).split("(?<!\\\\)\\|")).toList();
                found.add(new Row(name, i + 1, cells.stream().map(String::strip).toList()));
            }
        }
        return found;
    }
}
