// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// JSON text (RFC 8259) to plain Java objects, no deeper than a limit.
///
/// Field names are not interned and not cached: a client could fill such a table for everyone.
final class JsonReader {
    /// One for all: it weighs kilobytes. It has no limit of depth; [#value] has.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build();

    private final int maxDepth;

    /// @param maxDepth arrays and objects inside one another, from 1
    JsonReader(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /// The text is not one JSON value, or is too deep.
    static final class MalformedJsonException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedJsonException(String message) {
            super(message);
        }
    }

    /// Reads the one value that fills `text` from `offset` to its end.
    ///
    /// @param attachmentCount placeholders below it are taken as such; -1: there are none, and
    ///     objects that look like one stay as they are
    /// @param attachments what placeholders stand for; where it is too short they stay as they are
    @Nullable Object read(String text, int offset, int attachmentCount, List<byte[]> attachments)
            throws MalformedJsonException {
        var chars = text.toCharArray();
        try (var parser =
                FACTORY.createParser(
                        ObjectReadContext.empty(), chars, offset, chars.length - offset)) {
            if (parser.nextToken() == null) {
                throw new MalformedJsonException("no value");
            }
            var value = value(parser, new Placeholders(attachmentCount, attachments), maxDepth);
            if (parser.nextToken() != null) {
                throw new MalformedJsonException("text after the value");
            }
            return value;
        } catch (JacksonException e) {
            throw new MalformedJsonException(e.getClass().getSimpleName());
        }
    }

    private static @Nullable Object value(JsonParser parser, Placeholders placeholders, int depth)
            throws MalformedJsonException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, placeholders, inside(depth));
            case START_ARRAY -> array(parser, placeholders, inside(depth));
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new MalformedJsonException("unexpected token");
        };
    }

    private static int inside(int depth) throws MalformedJsonException {
        if (depth == 0) {
            throw new MalformedJsonException("too deep");
        }
        return depth - 1;
    }

    private static List<@Nullable Object> array(
            JsonParser parser, Placeholders placeholders, int depth) throws MalformedJsonException {
        var list = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, placeholders, depth));
        }
        return list;
    }

    private static Object object(JsonParser parser, Placeholders placeholders, int depth)
            throws MalformedJsonException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser, placeholders, depth));
        }
        return placeholders.count >= 0 && Boolean.TRUE.equals(map.get("_placeholder"))
                ? placeholders.resolve(map)
                : map;
    }

    private record Placeholders(int count, List<byte[]> attachments) {
        Object resolve(Map<String, @Nullable Object> map) throws MalformedJsonException {
            if (map.get("num") instanceof Integer index && index >= 0 && index < count) {
                return index < attachments.size() ? attachments.get(index) : map;
            }
            throw new MalformedJsonException("placeholder number out of range");
        }
    }
}
