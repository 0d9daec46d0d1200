// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the Engine.IO layer knows of an HTTP request.
///
/// @param method in capitals
/// @param url path and query as sent; never log it: it may hold the `sid`
/// @param query parameters, the first value of each
/// @param headers names in lower case
/// @param remoteAddress the peer's address as text, as the binding sees it
/// @param wantsWebSocket whether it asks to become a WebSocket
/// @param secure whether it came over TLS, as the binding sees it
public record EngineRequest(
        String method,
        String url,
        Map<String, String> query,
        Map<String, List<String>> headers,
        String remoteAddress,
        boolean wantsWebSocket,
        boolean secure) {
    /// The first value of a header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The `sid` parameter, unless absent or empty.
    public Optional<String> sid() {
        return Optional.ofNullable(query.get("sid")).filter(sid -> !sid.isEmpty());
    }
}
