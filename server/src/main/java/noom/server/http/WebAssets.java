// SPDX-License-Identifier: Apache-2.0
package noom.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.regex.Pattern;

/// The built page from the class path.
///
/// Files with a hash in their names never change; all else is asked for anew. Text goes out as it
/// was compressed by the build, smallest form first that the browser takes. A meeting's link is
/// answered with the page, which finds out by itself where it is.
public final class WebAssets {
    private static final String ROOT = "noom/server/page";
    private static final String INDEX = ROOT + "/index.html";
    private static final String NO_PAGE =
            "Noom runs, but its page was not built. Run ./noom, which builds it.\n";
    private static final Pattern HASHED = Pattern.compile(".+-[A-Za-z0-9_-]{8}\\.(js|css)");
    private static final Map<String, String> TYPES =
            Map.of(
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "webmanifest", "application/manifest+json");

    /// Content codings of the build, best first, with the endings of their files.
    private enum Coding {
        BROTLI("br", ".br"),
        GZIP("gzip", ".gz");

        private final String token;
        private final String ending;

        Coding(String token, String ending) {
            this.token = token;
            this.ending = ending;
        }
    }

    private WebAssets() {}

    /// Adds the routes; last of all, because they answer everything.
    public static void mount(Router router) {
        router.getWithRegex("/|/m/[A-Za-z0-9_-]{1,64}/?").handler(WebAssets::page);
        router.getWithRegex("/assets/(?<file>[A-Za-z0-9_.-]+\\.(?<type>[a-z]+))")
                .handler(WebAssets::asset);
        router.route().handler(WebAssets::notFound);
    }

    private static void asset(RoutingContext context) {
        String file = context.pathParam("file");
        String type = TYPES.get(context.pathParam("type"));
        String resource = ROOT + "/assets/" + file;
        if (type == null || !exists(resource)) {
            context.next();
            return;
        }
        var response = context.response();
        response.putHeader("content-type", type)
                .putHeader("vary", "accept-encoding")
                .putHeader(
                        "cache-control",
                        HASHED.matcher(file).matches()
                                ? "public, max-age=31536000, immutable"
                                : "no-cache");
        for (var coding : Coding.values()) {
            if (accepts(context, coding) && exists(resource + coding.ending)) {
                response.putHeader("content-encoding", coding.token);
                var _ = response.sendFile(resource + coding.ending);
                return;
            }
        }
        var _ = response.sendFile(resource);
    }

    /// RFC 9110 section 12.5.3; a coding with the weight 0 is refused.
    private static boolean accepts(RoutingContext context, Coding coding) {
        return context.parsedHeaders().acceptEncoding().stream()
                .anyMatch(
                        wanted ->
                                wanted.value().equalsIgnoreCase(coding.token)
                                        && wanted.weight() > 0);
    }

    private static boolean exists(String resource) {
        return Thread.currentThread().getContextClassLoader().getResource(resource) != null;
    }

    private static void page(RoutingContext context) {
        if (!exists(INDEX)) {
            context.response().setStatusCode(503).putHeader("content-type", "text/plain");
            var _ = context.response().end(NO_PAGE);
            return;
        }
        context.response().putHeader("cache-control", "no-cache");
        var _ =
                context.response()
                        .putHeader("content-type", "text/html; charset=utf-8")
                        .sendFile(INDEX);
    }

    private static void notFound(RoutingContext context) {
        boolean wantsPage =
                context.request().method().equals(HttpMethod.GET)
                        && String.valueOf(context.request().getHeader("accept"))
                                .contains("text/html");
        context.response().setStatusCode(404);
        if (wantsPage && exists(INDEX)) {
            context.response().putHeader("content-type", "text/html; charset=utf-8");
            var _ = context.response().sendFile(INDEX); // which says that nothing is there
        } else {
            var _ = context.response().putHeader("content-type", "text/plain").end("not found\n");
        }
    }
}
