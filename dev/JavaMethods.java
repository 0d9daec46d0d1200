// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the methods of a formatted Java source and their lengths, by matching braces.
///
/// Good to a line or two, which is enough for a budget: strings, text blocks and comments are
/// blanked first, and a block counts as a method when its header has a parameter list and is no
/// statement.
final class JavaMethods {
    private static final Pattern STATEMENT =
            Pattern.compile(
                    "^\\s*(?:\\}\\s*)?(?:if|else|for|while|do|switch|try|catch|finally|synchronized|return|case|default)\\b.*");

    private JavaMethods() {}

    /// One method: its first line from 1, and how many lines it takes.
    record Method(int firstLine, int lines) {}

    private record Block(int firstLine, boolean isMethod) {}

    static List<Method> of(List<String> lines) {
        var methods = new ArrayList<Method>();
        var open = new ArrayDeque<Block>();
        var header = new StringBuilder();
        int headerLine = 0;
        String[] code = blank(String.join("\n", lines)).split("\n", -1);
        for (int i = 0; i < code.length; i++) {
            for (char c : (code[i] + "\n").toCharArray()) {
                if (header.toString().isBlank()) {
                    headerLine = i;
                }
                switch (c) {
                    case '{' -> {
                        open.push(new Block(headerLine + 1, isMethod(header.toString())));
                        header.setLength(0);
                    }
                    case '}' -> {
                        var block = open.isEmpty() ? new Block(1, false) : open.pop();
                        if (block.isMethod()) {
                            methods.add(new Method(block.firstLine(), i + 2 - block.firstLine()));
                        }
                        header.setLength(0);
                    }
                    case ';' -> header.setLength(0);
                    default -> header.append(c);
                }
            }
        }
        return methods;
    }

    private static boolean isMethod(String header) {
        String text = header.strip().replace('\n', ' ');
        return text.contains("(")
                && text.matches(".*\\)\\s*(?:throws\\s[\\w., ]+)?$")
                && !text.contains("->")
                && !text.contains(" = ")
                && !text.contains("new ")
                && !text.matches(".*\\b(?:class|interface|enum|record)\\s+\\w+.*")
                && !STATEMENT.matcher(text).matches();
    }

    /// The source with the insides of comments and literals replaced by spaces.
    static String blank(String source) {
        var out = new StringBuilder(source.length());
        int i = 0;
        while (i < source.length()) {
            int end = endOfIgnored(source, i);
            if (end == i) {
                out.append(source.charAt(i));
                i++;
            } else {
                for (; i < end; i++) {
                    out.append(source.charAt(i) == '\n' ? '\n' : ' ');
                }
            }
        }
        return out.toString();
    }

    private static int endOfIgnored(String source, int at) {
        if (source.startsWith("//", at)) {
            return orEnd(source, source.indexOf('\n', at));
        }
        if (source.startsWith("/*", at)) {
            int end = source.indexOf("*/", at + 2);
            return end < 0 ? source.length() : end + 2;
        }
        if (source.startsWith("\"\"\"", at)) {
            int end = source.indexOf("\"\"\"", at + 3);
            return end < 0 ? source.length() : end + 3;
        }
        char quote = source.charAt(at);
        if (quote != '"' && quote != '\'') {
            return at;
        }
        for (int i = at + 1; i < source.length(); i++) {
            if (source.charAt(i) == '\\') {
                i++;
            } else if (source.charAt(i) == quote || source.charAt(i) == '\n') {
                return i + 1;
            }
        }
        return source.length();
    }

    private static int orEnd(String source, int index) {
        return index < 0 ? source.length() : index;
    }
}
