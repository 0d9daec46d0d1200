// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes `web/src/protocol/messages.ts` from the records of [SignalContract].
final class TypeScriptMessages {
    private static final String HEAD =
            """
            // SPDX-License-Identifier: Apache-2.0
            // Generated from the Java records in noom.server.message by `./noom fix`.
            // Do not edit: a test fails when this file and the records differ.

            """;

    private final Map<String, String> declarations = new TreeMap<>();

    private TypeScriptMessages() {}

    /// Rewrites the file given as the only argument.
    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), generate());
    }

    /// The text of the file.
    static String generate() {
        var types = new TypeScriptMessages();
        var fromPage = new StringBuilder("/** Requests of the page; each is acknowledged. */\n");
        fromPage.append("export interface FromPage {\n");
        for (var event : SignalContract.FROM_PAGE) {
            fromPage.append(
                    "  '%s': { request: %s; answer: %s | Refused };\n"
                            .formatted(
                                    event.name(),
                                    types.nameOf(event.request()),
                                    types.nameOf(event.answer())));
        }
        fromPage.append("}\n");
        var fromServer = new StringBuilder("/** Events that the server sends by itself. */\n");
        fromServer.append("export interface FromServer {\n");
        for (var event : SignalContract.FROM_SERVER) {
            fromServer.append(
                    "  '%s': %s;\n".formatted(event.name(), types.nameOf(event.message())));
        }
        fromServer.append("}\n");
        SignalContract.REST.forEach(types::nameOf);
        return HEAD
                + String.join("\n", types.declarations.values())
                + "\n"
                + fromPage
                + "\n"
                + fromServer;
    }

    private String nameOf(Type type) {
        return switch (type) {
            case Class<?> c when c == String.class -> "string";
            case Class<?> c when c == boolean.class || c == Boolean.class -> "boolean";
            case Class<?> c when c.isPrimitive() || Number.class.isAssignableFrom(c) -> "number";
            case Class<?> c -> declare(c);
            case ParameterizedType list when list.getRawType() == List.class ->
                    nameOf(list.getActualTypeArguments()[0]) + "[]";
            case ParameterizedType map when map.getRawType() == Map.class ->
                    "Record<string, unknown>";
            default -> throw new IllegalArgumentException("no TypeScript for " + type);
        };
    }

    private String declare(Class<?> type) {
        String name = type.getSimpleName();
        if (declarations.containsKey(name)) {
            return name;
        }
        declarations.put(name, ""); // breaks the circle of a record that holds its own kind
        declarations.put(name, declaration(type, name));
        return name;
    }

    private String declaration(Class<?> type, String name) {
        if (type.isEnum()) {
            var values =
                    Arrays.stream(type.getEnumConstants())
                            .map(v -> "  | '" + kebab(v.toString()) + "'")
                            .collect(Collectors.joining("\n"));
            return "export type " + name + " =\n" + values + ";\n";
        }
        if (type.isSealed()) {
            var members =
                    Arrays.stream(type.getPermittedSubclasses())
                            .map(m -> "  | " + nameOf(m))
                            .collect(Collectors.joining("\n"));
            return "export type " + name + " =\n" + members + ";\n";
        }
        var text = new StringBuilder("export interface " + name + " {\n");
        kindOf(type).ifPresent(kind -> text.append("  kind: '").append(kind).append("';\n"));
        for (RecordComponent component : type.getRecordComponents()) {
            text.append("  %s: %s;\n".formatted(component.getName(), typeOf(component)));
        }
        return text.append("}\n").toString();
    }

    private String typeOf(RecordComponent component) {
        AnnotatedType annotated = component.getAnnotatedType();
        if (annotated instanceof AnnotatedParameterizedType list
                && list.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class)) {
            throw new IllegalArgumentException("a list of nullable things: " + component);
        }
        String name = nameOf(component.getGenericType());
        return annotated.isAnnotationPresent(Nullable.class) ? name + " | null" : name;
    }

    private static java.util.Optional<String> kindOf(Class<?> record) {
        return Arrays.stream(record.getInterfaces())
                .map(family -> family.getAnnotation(JsonSubTypes.class))
                .filter(names -> names != null)
                .flatMap(names -> Arrays.stream(names.value()))
                .filter(subtype -> subtype.value() == record)
                .map(JsonSubTypes.Type::name)
                .findFirst();
    }

    private static String kebab(String constant) {
        return constant.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
