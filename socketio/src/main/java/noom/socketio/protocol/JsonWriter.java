// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// Plain Java objects to JSON text, with byte arrays taken out and numbered in depth-first order.
///
/// As `JSON.stringify` does: a number that JSON cannot say (infinite, not a number) becomes `null`.
/// A surrogate without its partner, in a value or in a name, would not survive UTF-8: a value that
/// holds one is written a second time with everything beyond ASCII escaped.
final class JsonWriter {
    private static final JsonFactory PLAIN = new JsonFactory();
    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final List<byte[]> attachments = new ArrayList<>();
    private boolean hasLoneSurrogate;

    /// The byte arrays met so far, by placeholder number.
    List<byte[]> attachments() {
        return attachments;
    }

    /// Appends `value` to `out`.
    ///
    /// @throws IllegalArgumentException if the value holds something that JSON has no word for, or
    ///     is nested more than 500 deep
    void write(@Nullable Object value, StringBuilder out) {
        int attachmentCount = attachments.size();
        var text = written(value, PLAIN);
        if (hasLoneSurrogate) {
            hasLoneSurrogate = false;
            attachments.subList(attachmentCount, attachments.size()).clear();
            text = written(value, ASCII);
        }
        out.append(text);
    }

    private StringBuffer written(@Nullable Object value, JsonFactory factory) {
        var text = new StringWriter();
        try (var json = factory.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, json);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException("value is nested too deeply", e);
        }
        return text.getBuffer();
    }

    private void write(@Nullable Object value, JsonGenerator json) {
        switch (value) {
            case null -> json.writeNull();
            case CharSequence text -> json.writeString(checked(text.toString()));
            case Boolean truth -> json.writeBoolean(truth);
            case Number number -> writeNumber(number, json);
            case byte[] bytes -> writePlaceholder(bytes, json);
            case Map<?, ?> map -> writeObject(map, json);
            case Collection<?> items -> writeArray(items, json);
            case Object[] items -> writeArray(Arrays.asList(items), json);
            case Enum<?> constant -> json.writeString(constant.name());
            default ->
                    throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        }
    }

    private void writeObject(Map<?, ?> map, JsonGenerator json) {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new IllegalArgumentException("a JSON object is keyed by strings");
            }
            json.writeName(checked(name));
            write(entry.getValue(), json);
        }
        json.writeEndObject();
    }

    private void writeArray(Collection<?> items, JsonGenerator json) {
        json.writeStartArray();
        for (var item : items) {
            write(item, json);
        }
        json.writeEndArray();
    }

    private void writePlaceholder(byte[] bytes, JsonGenerator json) {
        json.writeStartObject();
        json.writeName("_placeholder");
        json.writeBoolean(true);
        json.writeName("num");
        json.writeNumber(attachments.size());
        json.writeEndObject();
        attachments.add(bytes);
    }

    private static void writeNumber(Number number, JsonGenerator json) {
        switch (number) {
            case Integer i -> json.writeNumber(i);
            case Long l -> json.writeNumber(l);
            case Short s -> json.writeNumber(s.intValue());
            case Byte b -> json.writeNumber(b.intValue());
            case BigInteger big -> json.writeNumber(big);
            case BigDecimal big -> json.writeNumber(big);
            default -> {
                double value = number.doubleValue();
                if (Double.isFinite(value)) {
                    json.writeNumber(value);
                } else {
                    json.writeNull();
                }
            }
        }
    }

    private String checked(String text) {
        hasLoneSurrogate |= !isWellFormed(text);
        return text;
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
