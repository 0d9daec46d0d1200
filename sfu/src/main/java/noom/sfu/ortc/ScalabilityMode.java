// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.util.Optional;

/// A scalability mode such as `L3T3_KEY` (W3C WebRTC-SVC §6).
///
/// @param spatialLayerCount 1 to 8
/// @param temporalLayerCount 1 to 8
/// @param isKeyOnly K-SVC: spatial layers build on each other in key pictures only
public record ScalabilityMode(int spatialLayerCount, int temporalLayerCount, boolean isKeyOnly) {
    /// One layer.
    public static final ScalabilityMode NONE = new ScalabilityMode(1, 1, false);

    /// Most layers of a kind: their numbers have three bits.
    public static final int MAX_LAYERS = 8;

    /// Reads `L` or `S`, a digit, `T`, a digit, then `h`, `_KEY` or `_KEY_SHIFT`.
    ///
    /// Modes that begin with S have layers that do not build on each other (simulcast within
    /// one stream): they are not understood.
    ///
    /// @return empty if it is no mode, or one with S
    public static Optional<ScalabilityMode> parse(String text) {
        if (text.length() < 4 || text.charAt(0) != 'L' || text.charAt(2) != 'T') {
            return Optional.empty();
        }
        int spatial = text.charAt(1) - '0';
        int temporal = text.charAt(3) - '0';
        boolean isWithin =
                spatial >= 1 && spatial <= MAX_LAYERS && temporal >= 1 && temporal <= MAX_LAYERS;
        if (!isWithin) {
            return Optional.empty();
        }
        return switch (text.substring(4)) {
            case "", "h" -> Optional.of(new ScalabilityMode(spatial, temporal, false));
            case "_KEY", "_KEY_SHIFT" -> Optional.of(new ScalabilityMode(spatial, temporal, true));
            default -> Optional.empty();
        };
    }

    /// The mode's name.
    public String text() {
        return "L" + spatialLayerCount + "T" + temporalLayerCount + (isKeyOnly ? "_KEY" : "");
    }
}
