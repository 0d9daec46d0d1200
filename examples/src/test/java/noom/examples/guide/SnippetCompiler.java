// SPDX-License-Identifier: Apache-2.0
package noom.examples.guide;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Compiles snippets, in memory, all at once.
///
/// A snippet that is a program (`void main(`) or a class stands alone. Anything else is statements:
/// they become the body of a method, which knows the names of [Given]. Imports that every reader
/// guesses are added.
final class SnippetCompiler {
    private static final List<String> IMPORTED =
            List.of(
                    "noom.socketio.*",
                    "noom.socketio.adapter.*",
                    "noom.socketio.admin.*",
                    "noom.socketio.engine.*",
                    "noom.socketio.msgpack.*",
                    "noom.socketio.protocol.*",
                    "noom.socketio.redis.*",
                    "noom.socketio.vertx.*",
                    "io.vertx.core.*",
                    "io.vertx.core.http.*",
                    "java.time.*",
                    "java.util.*",
                    "java.util.concurrent.*",
                    "java.util.regex.*");

    private static final String PACKAGE = "package noom.examples.guide; ";
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");
    private static final Pattern PROGRAM = Pattern.compile("(?m)^void main\\(");
    private static final Pattern CLASS =
            Pattern.compile("\\A\\s*(?:public )?final class (\\w+)(?m)");

    private SnippetCompiler() {}

    /// What came of it.
    ///
    /// @param errors each as `file:line: message`, of the Markdown file
    /// @param classes names of the outermost classes by snippet, in the order of the snippets
    /// @param loader finds all classes
    record Outcome(
            List<String> errors, Map<Markdown.Snippet, String> classes, ClassLoader loader) {}

    static Outcome compile(List<Markdown.Snippet> snippets) {
        var sources = new ArrayList<Source>();
        for (var snippet : snippets) {
            sources.add(source(snippet, "Snippet" + sources.size()));
        }
        var errors = new ArrayList<String>();
        var binaries = new HashMap<String, ByteArrayOutputStream>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        compiler.getTask(
                        null,
                        new InMemory(compiler.getStandardFileManager(null, null, null), binaries),
                        found -> report(found, errors),
                        List.of("-proc:none", "-Xlint:all,-missing-explicit-ctor,-processing"),
                        null,
                        sources)
                .call();
        var classes = new LinkedHashMap<Markdown.Snippet, String>();
        sources.forEach(source -> classes.put(source.snippet, source.className));
        return new Outcome(errors, classes, new Loader(binaries));
    }

    private static void report(Diagnostic<? extends JavaFileObject> found, List<String> errors) {
        if (found.getSource() instanceof Source source) {
            // The head that every source begins with is one line.
            long line = source.snippet.firstLine() + found.getLineNumber() - 2;
            errors.add(source.snippet.file() + ":" + line + ": " + found.getMessage(null));
        }
    }

    private static Source source(Markdown.Snippet snippet, String name) {
        var imports = new StringBuilder();
        IMPORTED.forEach(all -> imports.append("import ").append(all).append("; "));
        IMPORT.matcher(snippet.code())
                .results()
                .forEach(own -> imports.append(own.group()).append(' '));
        var code = IMPORT.matcher(snippet.code()).replaceAll("");
        var type = CLASS.matcher(code);
        if (PROGRAM.matcher(code).find()) {
            return new Source(snippet, name, name, imports + "\n" + code);
        } else if (type.find()) {
            var full = "noom.examples.guide." + type.group(1);
            return new Source(snippet, type.group(1), full, PACKAGE + imports + "\n" + code);
        }
        var head =
                PACKAGE
                        + imports
                        + "import static noom.examples.guide.Given.*; final class "
                        + name
                        + " { void run() throws Exception {\n";
        return new Source(snippet, name, "noom.examples.guide." + name, head + code + "}}\n");
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Markdown.Snippet snippet;
        private final String className;
        private final String text;

        Source(Markdown.Snippet snippet, String fileName, String className, String text) {
            super(URI.create("string:///" + fileName + ".java"), Kind.SOURCE);
            this.snippet = snippet;
            this.className = className;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> binaries;

        InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> binaries) {
            super(files);
            this.binaries = binaries;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String className,
                JavaFileObject.Kind kind,
                FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    var bytes = new ByteArrayOutputStream();
                    binaries.put(className, bytes);
                    return bytes;
                }
            };
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> binaries;

        Loader(Map<String, ByteArrayOutputStream> binaries) {
            super(SnippetCompiler.class.getClassLoader());
            this.binaries = binaries;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            var binary = binaries.get(name);
            if (binary == null) {
                throw new ClassNotFoundException(name);
            }
            var bytes = binary.toByteArray();
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
