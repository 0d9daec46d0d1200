// SPDX-License-Identifier: Apache-2.0
package noom.server.http;

import io.vertx.core.http.HttpServerRequest;

/// What every answer tells the browser to refuse.
public final class SecurityHeaders {
    private static final String CONTENT_POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "img-src 'self' blob: data:",
                    "media-src 'self' blob:",
                    "connect-src 'self' ws: wss:",
                    "font-src 'self'",
                    "manifest-src 'self'",
                    "worker-src 'self'",
                    "base-uri 'none'",
                    "form-action 'self'",
                    "frame-ancestors 'none'",
                    "require-trusted-types-for 'script'");

    private SecurityHeaders() {}

    /// Puts them on the answer to a request.
    public static void put(HttpServerRequest request) {
        var headers = request.response().headers();
        headers.set("content-security-policy", CONTENT_POLICY);
        headers.set("x-content-type-options", "nosniff");
        // A meeting's link is a secret.
        headers.set("referrer-policy", "no-referrer");
        headers.set("cross-origin-opener-policy", "same-origin");
        headers.set("cross-origin-resource-policy", "same-origin");
        headers.set(
                "permissions-policy",
                "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self),"
                        + " speaker-selection=(self), screen-wake-lock=(self), geolocation=(),"
                        + " payment=(), usb=()");
    }
}
