// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client said when it came. Everything in it is the client's word, but the address.
///
/// @param auth what it sent to join the namespace, empty if nothing
/// @param query parameters of the first request
/// @param headers of the first request, names in lower case
/// @param remoteAddress the peer's address as text
/// @param url path and query of the first request
public record Handshake(
        Map<String, @Nullable Object> auth,
        Map<String, String> query,
        Map<String, List<String>> headers,
        String remoteAddress,
        String url) {
    /// The first value of a header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
