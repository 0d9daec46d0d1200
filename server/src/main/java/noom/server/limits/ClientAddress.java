// SPDX-License-Identifier: Apache-2.0
package noom.server.limits;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Where a request comes from, for limits per source.
public final class ClientAddress {
    private static final String HEADER = "x-forwarded-for";

    private ClientAddress() {}

    /// The address of the connection, or what a proxy on this very machine says.
    public static String of(HttpServerRequest request) {
        var remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return of(address == null ? "" : address, request.getHeader(HEADER));
    }

    /// A proxy appends what it saw, so only the last entry is its own word; from elsewhere nothing
    /// is believed.
    static String of(String remote, @Nullable String forwarded) {
        if (forwarded == null || !isLoopback(remote)) {
            return remote;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return isAddress(last) ? last : remote;
    }

    private static boolean isLoopback(String address) {
        return isAddress(address) && InetAddress.ofLiteral(address).isLoopbackAddress();
    }

    private static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
