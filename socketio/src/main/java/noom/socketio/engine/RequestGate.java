// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.Optional;

/// Decides which requests come in, in the official order: transport, origin, session or method,
/// door-keeper, version. What only the session can know it refuses itself. Any thread; the policy
/// is asked on the caller's.
public final class RequestGate {
    private final EngineConfig config;

    /// @param config transports and access policy
    public RequestGate(EngineConfig config) {
        this.config = config;
    }

    /// The refusal of a request, or empty if it may go on to its session or open one.
    ///
    /// @param sidIsKnown whether there is a session with the request's `sid`
    public Optional<EngineRefusal> check(EngineRequest request, boolean sidIsKnown) {
        var transport = request.query().getOrDefault("transport", "");
        if (!config.transports().offers(transport)) {
            return Optional.of(EngineRefusal.UNKNOWN_TRANSPORT);
        }
        var badOrigin = checkOrigin(request);
        if (badOrigin.isPresent()) {
            return badOrigin;
        }
        boolean mismatch = transport.equals("websocket") != request.wantsWebSocket();
        if (request.sid().isEmpty()) {
            return checkHandshake(request, mismatch);
        }
        if (!sidIsKnown) {
            return Optional.of(EngineRefusal.UNKNOWN_SID);
        }
        return mismatch ? Optional.of(EngineRefusal.BAD_REQUEST) : Optional.empty();
    }

    private Optional<EngineRefusal> checkOrigin(EngineRequest request) {
        var origin = request.header("origin").orElse(null);
        if (origin == null) {
            return Optional.empty();
        }
        if (!origin.chars().allMatch(RequestGate::isHeaderCharacter)) {
            return Optional.of(EngineRefusal.BAD_REQUEST);
        }
        return config.access().origins().test(origin, request.header("host").orElse(""))
                ? Optional.empty()
                : Optional.of(EngineRefusal.forbidden("Origin not allowed"));
    }

    private Optional<EngineRefusal> checkHandshake(EngineRequest request, boolean mismatch) {
        if (!request.method().equals("GET")) {
            return Optional.of(EngineRefusal.BAD_METHOD);
        }
        if (mismatch) {
            return Optional.of(EngineRefusal.BAD_REQUEST);
        }
        var reason = config.access().allowRequest().apply(request);
        if (reason.isPresent()) {
            return reason.map(EngineRefusal::forbidden);
        }
        return "4".equals(request.query().get("EIO"))
                ? Optional.empty()
                : Optional.of(EngineRefusal.UNSUPPORTED_VERSION);
    }

    /// RFC 9110 section 5.5: visible characters, blank and tab, and obsolete text.
    private static boolean isHeaderCharacter(int c) {
        return c == '\t' || (c >= 0x20 && c <= 0xFF && c != 0x7F);
    }
}
