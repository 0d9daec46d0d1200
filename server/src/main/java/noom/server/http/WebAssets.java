// SPDX-License-Identifier: Apache-2.0
package noom.server.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/// The built page from the class path.
///
/// Files under `/assets/` have a hash in their names and never change; all else is asked for anew
/// each time. A meeting's link is answered with the page, which finds out by itself where it is.
public final class WebAssets {
    private static final String ROOT = "noom/server/page";
    private static final String INDEX = ROOT + "/index.html";
    private static final String NO_PAGE =
            "Noom runs, but its page was not built. Run ./noom, which builds it.\n";

    private WebAssets() {}

    /// Adds the routes; last of all, because they answer everything.
    public static void mount(Router router) {
        var files =
                StaticHandler.create(ROOT)
                        .setCachingEnabled(true)
                        .setIncludeHidden(false)
                        .setDirectoryListing(false);
        router.getWithRegex("/|/m/[A-Za-z0-9_-]{1,64}/?").handler(WebAssets::page);
        router.get("/assets/*")
                .handler(
                        context -> {
                            context.response()
                                    .putHeader(
                                            "cache-control", "public, max-age=31536000, immutable");
                            context.next();
                        })
                .handler(files);
        router.get("/*").handler(files);
        router.route().handler(WebAssets::notFound);
    }

    private static void page(RoutingContext context) {
        if (Thread.currentThread().getContextClassLoader().getResource(INDEX) == null) {
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
        if (wantsPage
                && Thread.currentThread().getContextClassLoader().getResource(INDEX) != null) {
            context.response().putHeader("content-type", "text/html; charset=utf-8");
            var _ = context.response().sendFile(INDEX); // which says that nothing is there
        } else {
            var _ = context.response().putHeader("content-type", "text/plain").end("not found\n");
        }
    }
}
