// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;

/// Records to JSON and back, strictly: every component must be there and of its type, null only
/// where the record permits it (`@Nullable` with [Nulls#SET]); what is not known is dropped.
public final class MessageCodec {
    /// Deeper JSON is refused.
    static final int MAX_DEPTH = 16;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .changeDefaultNullHandling(nulls -> nulls.withValueNulls(Nulls.FAIL))
                    .withCoercionConfigDefaults(MessageCodec::refuseCoercion)
                    .build();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private MessageCodec() {}

    private static void refuseCoercion(MutableCoercionConfig config) {
        for (var shape : CoercionInputShape.values()) {
            config.setCoercion(shape, CoercionAction.Fail);
        }
    }

    /// What came of reading.
    public sealed interface Read<T> {}

    /// A message of the right form.
    public record Understood<T>(T message) implements Read<T> {}

    /// Not one.
    ///
    /// @param reason one sentence for developers, without the content
    public record Malformed<T>(String reason) implements Read<T> {}

    /// Reads a message from JSON text in UTF-8.
    public static <T> Read<T> read(byte[] json, Class<T> type) {
        try {
            return present(MAPPER.readValue(json, type));
        } catch (JacksonException e) {
            return new Malformed<>(reason(e, type));
        }
    }

    /// Reads a message from a tree of maps, lists and scalars, as Socket.IO hands it over.
    public static <T> Read<T> readTree(@Nullable Object tree, Class<T> type) {
        try {
            return present(MAPPER.convertValue(tree, type));
        } catch (JacksonException e) {
            return new Malformed<>(reason(e, type));
        }
    }

    /// JSON text in UTF-8.
    public static byte[] write(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /// A tree of maps, lists and scalars, as Socket.IO takes it.
    public static Map<String, Object> writeTree(Object message) {
        return MAPPER.convertValue(message, TREE);
    }

    private static <T> Read<T> present(@Nullable T message) {
        return message == null ? new Malformed<>("null") : new Understood<>(message);
    }

    private static String reason(JacksonException e, Class<?> type) {
        return "not a " + type.getSimpleName() + " (" + e.getClass().getSimpleName() + ")";
    }
}
