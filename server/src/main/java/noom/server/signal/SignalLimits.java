// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.time.Duration;
import java.util.Locale;
import noom.socketio.SocketIoConfig;

/// What a page may send: far more than ours ever does, far less than would hurt others.
final class SignalLimits {
    /// Body of a POST and message of a WebSocket.
    static final int MAX_PAYLOAD_BYTES = 256 * 1024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private SignalLimits() {}

    static SocketIoConfig config() {
        return SocketIoConfig.defaults()
                .withMaxPayloadBytes(MAX_PAYLOAD_BYTES)
                .withConnectTimeout(CONNECT_TIMEOUT)
                .withOrigins(SignalLimits::isSameOrigin);
    }

    /// A page of another site may not talk to us with this browser.
    static boolean isSameOrigin(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int scheme = lower.indexOf("://");
        return scheme > 0 && lower.substring(scheme + 3).equals(host.toLowerCase(Locale.ROOT));
    }
}
