// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// The answer to a request that the Engine.IO layer does not take: JSON `{"code":…,"message":…}`.
///
/// @param status the HTTP status
/// @param code 0 to 5, as the official server numbers them
/// @param message for people
/// @param retryAfterSeconds what the header `Retry-After` says; 0: there is none
public record EngineRefusal(int status, int code, String message, int retryAfterSeconds) {
    static final EngineRefusal UNKNOWN_TRANSPORT = new EngineRefusal(400, 0, "Transport unknown");
    static final EngineRefusal UNKNOWN_SID = new EngineRefusal(400, 1, "Session ID unknown");
    static final EngineRefusal BAD_METHOD = new EngineRefusal(400, 2, "Bad handshake method");
    static final EngineRefusal BAD_REQUEST = new EngineRefusal(400, 3, "Bad request");
    static final EngineRefusal UNSUPPORTED_VERSION =
            new EngineRefusal(400, 5, "Unsupported protocol version");

    /// A refusal that time does not change.
    public EngineRefusal(int status, int code, String message) {
        this(status, code, message, 0);
    }

    static EngineRefusal forbidden(String message) {
        return new EngineRefusal(403, 4, message);
    }

    /// The answer's body, of type `application/json`.
    public String json() {
        var escaped = new StringBuilder();
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < 0x20) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return "{\"code\":" + code + ",\"message\":\"" + escaped + "\"}";
    }
}
