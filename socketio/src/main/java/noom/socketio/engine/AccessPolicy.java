// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/// Who may talk to the server at all; asked on the web loop, so nothing here may block.
///
/// @param origins whether a request's `Origin` may come to this `Host`; a refusal is status 403,
///     code 4, for polling and WebSocket alike. Not asked when the request has no `Origin`
/// @param readableBy whether answers carry CORS headers for this `Origin`, with credentials
/// @param allowRequest a reason to refuse a handshake (status 403, code 4), or empty to let it in
public record AccessPolicy(
        BiPredicate<String, String> origins,
        Predicate<String> readableBy,
        Function<EngineRequest, Optional<String>> allowRequest) {
    /// Every origin, no CORS headers, every handshake: as the official server.
    public static final AccessPolicy DEFAULT =
            new AccessPolicy((_, _) -> true, _ -> false, _ -> Optional.empty());

    /// The same policy with another rule for origins.
    public AccessPolicy withOrigins(BiPredicate<String, String> originsAllowed) {
        return new AccessPolicy(originsAllowed, readableBy, allowRequest);
    }

    /// The same policy with CORS headers for these origins.
    public AccessPolicy withReadableBy(Predicate<String> corsOrigins) {
        return new AccessPolicy(origins, corsOrigins, allowRequest);
    }

    /// The same policy with another door-keeper.
    public AccessPolicy withAllowRequest(Function<EngineRequest, Optional<String>> check) {
        return new AccessPolicy(origins, readableBy, check);
    }
}
