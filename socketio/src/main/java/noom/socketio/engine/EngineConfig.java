// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;

/// Settings of the Engine.IO layer.
///
/// @param path where it is mounted; begins and ends with `/`
/// @param transports what clients may use
/// @param timings heartbeat and upgrade
/// @param input what a client may send at once
/// @param output what may wait for a client
/// @param access who may talk to the server at all
/// @param admission how many sessions there may be, and how fast they may come
/// @param compression what is compressed
public record EngineConfig(
        String path,
        Transports transports,
        Timings timings,
        InputLimits input,
        OutputLimits output,
        AccessPolicy access,
        AdmissionLimits admission,
        Compression compression) {
    /// A duration that never passes: about a hundred years.
    public static final Duration UNLIMITED_TIME = Duration.ofDays(36_500);

    /// @throws IllegalArgumentException if the path does not begin with `/`
    public EngineConfig {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with /: " + path);
        }
        if (!path.endsWith("/")) {
            path = path + "/";
        }
    }

    /// The official server's settings, mounted at `/engine.io/`.
    public static EngineConfig defaults() {
        return new EngineConfig(
                "/engine.io/",
                Transports.ALL,
                Timings.DEFAULT,
                InputLimits.DEFAULT,
                OutputLimits.DEFAULT,
                AccessPolicy.DEFAULT,
                AdmissionLimits.UNLIMITED,
                Compression.NONE);
    }

    /// The same settings, mounted elsewhere.
    public EngineConfig withPath(String newPath) {
        return new EngineConfig(
                newPath, transports, timings, input, output, access, admission, compression);
    }

    /// The same settings with other transports.
    public EngineConfig with(Transports newTransports) {
        return new EngineConfig(
                path, newTransports, timings, input, output, access, admission, compression);
    }

    /// The same settings with another clockwork.
    public EngineConfig with(Timings newTimings) {
        return new EngineConfig(
                path, transports, newTimings, input, output, access, admission, compression);
    }

    /// The same settings with other limits of what a client may send.
    public EngineConfig with(InputLimits newInput) {
        return new EngineConfig(
                path, transports, timings, newInput, output, access, admission, compression);
    }

    /// The same settings with other limits of what may wait for a client.
    public EngineConfig with(OutputLimits newOutput) {
        return new EngineConfig(
                path, transports, timings, input, newOutput, access, admission, compression);
    }

    /// The same settings with another door policy.
    public EngineConfig with(AccessPolicy newAccess) {
        return new EngineConfig(
                path, transports, timings, input, output, newAccess, admission, compression);
    }

    /// The same settings with other numbers of sessions.
    public EngineConfig with(AdmissionLimits newAdmission) {
        return new EngineConfig(
                path, transports, timings, input, output, access, newAdmission, compression);
    }

    /// The same settings with other compression.
    public EngineConfig with(Compression newCompression) {
        return new EngineConfig(
                path, transports, timings, input, output, access, admission, newCompression);
    }
}
