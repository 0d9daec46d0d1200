// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Instant;
import java.util.LinkedHashMap;
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
/// @param secure whether the first request came over TLS
/// @param issuedMillis when it asked to join the namespace, since 1970; 0 if it is not known
public record Handshake(
        Map<String, @Nullable Object> auth,
        Map<String, String> query,
        Map<String, List<String>> headers,
        String remoteAddress,
        String url,
        boolean secure,
        long issuedMillis) {
    /// The first value of a header.
    ///
    /// @param name in lower case
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// As servers of a cluster tell it each other.
    Map<String, @Nullable Object> toObject() {
        var joined = new LinkedHashMap<String, @Nullable Object>();
        headers.forEach((name, values) -> joined.put(name, String.join(", ", values)));
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("headers", joined);
        object.put("address", remoteAddress);
        object.put("xdomain", headers.containsKey("origin"));
        object.put("secure", secure);
        object.put("issued", issuedMillis);
        object.put("time", Instant.ofEpochMilli(issuedMillis).toString());
        object.put("url", url);
        object.put("query", query);
        object.put("auth", auth);
        return object;
    }

    /// What another server told; what is missing or of another type is empty.
    static Handshake of(Map<String, @Nullable Object> object) {
        var headers = new LinkedHashMap<String, List<String>>();
        entries(object.get("headers"))
                .forEach((name, value) -> headers.put(name, List.of(String.valueOf(value))));
        var query = new LinkedHashMap<String, String>();
        entries(object.get("query"))
                .forEach((name, value) -> query.put(name, String.valueOf(value)));
        return new Handshake(
                entries(object.get("auth")),
                query,
                headers,
                object.get("address") instanceof String address ? address : "",
                object.get("url") instanceof String url ? url : "",
                Boolean.TRUE.equals(object.get("secure")),
                object.get("issued") instanceof Number issued ? issued.longValue() : 0);
    }

    private static Map<String, @Nullable Object> entries(@Nullable Object value) {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> entries.put(String.valueOf(name), item));
        }
        return entries;
    }
}
