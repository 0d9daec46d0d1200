// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// How many sessions there may be and how fast they may come, in all and from one source. Integer
/// limits are at least 1; `Integer.MAX_VALUE` is no limit. See [Admission] for what a source is.
///
/// @param maxSessions over: 503 with `Retry-After`
/// @param maxSessionsPerSource over: 429 with `Retry-After`
/// @param handshakes over: 429 with `Retry-After`
/// @param handshakesPerSource over: 429 with `Retry-After`; a refused handshake takes nothing from
///     the rate of all
public record AdmissionLimits(
        int maxSessions,
        int maxSessionsPerSource,
        HandshakeRate handshakes,
        HandshakeRate handshakesPerSource) {
    /// No limits, as the official server.
    public static final AdmissionLimits UNLIMITED =
            new AdmissionLimits(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    HandshakeRate.UNLIMITED,
                    HandshakeRate.UNLIMITED);

    /// @throws IllegalArgumentException if a limit is not positive
    public AdmissionLimits {
        if (maxSessions < 1 || maxSessionsPerSource < 1) {
            throw new IllegalArgumentException("admission limits must be positive");
        }
    }
}
