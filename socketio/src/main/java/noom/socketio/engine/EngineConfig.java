// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;
import java.util.function.Consumer;

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
        return changed(draft -> draft.path = newPath);
    }

    /// The same settings with other transports.
    public EngineConfig with(Transports newTransports) {
        return changed(draft -> draft.transports = newTransports);
    }

    /// The same settings with another clockwork.
    public EngineConfig with(Timings newTimings) {
        return changed(draft -> draft.timings = newTimings);
    }

    /// The same settings with other limits of what a client may send.
    public EngineConfig with(InputLimits newInput) {
        return changed(draft -> draft.input = newInput);
    }

    /// The same settings with other limits of what may wait for a client.
    public EngineConfig with(OutputLimits newOutput) {
        return changed(draft -> draft.output = newOutput);
    }

    /// The same settings with another door policy.
    public EngineConfig with(AccessPolicy newAccess) {
        return changed(draft -> draft.access = newAccess);
    }

    /// The same settings with other numbers of sessions.
    public EngineConfig with(AdmissionLimits newAdmission) {
        return changed(draft -> draft.admission = newAdmission);
    }

    /// The same settings with other compression.
    public EngineConfig with(Compression newCompression) {
        return changed(draft -> draft.compression = newCompression);
    }

    private EngineConfig changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.settled();
    }

    /// A copy in which one thing is changed.
    private static final class Draft {
        String path;
        Transports transports;
        Timings timings;
        InputLimits input;
        OutputLimits output;
        AccessPolicy access;
        AdmissionLimits admission;
        Compression compression;

        Draft(EngineConfig from) {
            path = from.path;
            transports = from.transports;
            timings = from.timings;
            input = from.input;
            output = from.output;
            access = from.access;
            admission = from.admission;
            compression = from.compression;
        }

        EngineConfig settled() {
            return new EngineConfig(
                    path, transports, timings, input, output, access, admission, compression);
        }
    }
}
