// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The numbers that one peer gives to header extensions; every browser has its own.
/// Immutable.
@SuppressWarnings("EnumOrdinal") // an EnumMap without its boxes, for every packet
public final class ExtensionIds {
    /// Not negotiated.
    public static final int NONE = 0;

    private static final int RESERVED_ID = 15;

    private final int[] ids = new int[KnownExtension.values().length];
    private final @Nullable KnownExtension[] extensions =
            new KnownExtension[HeaderExtensions.MAX_ID + 1];

    private ExtensionIds() {}

    /// The numbers as negotiated.
    ///
    /// @return empty if an id is not of 1 to 14 or 16 to 255, or is given twice (RFC 8285 §5)
    public static Optional<ExtensionIds> of(Map<KnownExtension, Integer> ids) {
        var result = new ExtensionIds();
        for (var entry : ids.entrySet()) {
            int id = entry.getValue();
            boolean isValid = id >= 1 && id <= HeaderExtensions.MAX_ID && id != RESERVED_ID;
            if (!isValid || result.extensions[id] != null) {
                return Optional.empty();
            }
            result.ids[entry.getKey().ordinal()] = id;
            result.extensions[id] = entry.getKey();
        }
        return Optional.of(result);
    }

    /// The peer's number for an extension, or [#NONE].
    public int id(KnownExtension extension) {
        return ids[extension.ordinal()];
    }

    /// The other peer's number for what this peer calls `id`, or [#NONE].
    public int translate(int id, ExtensionIds other) {
        var extension = extensions[id];
        return extension == null ? NONE : other.id(extension);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtensionIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }
}
