// SPDX-License-Identifier: Apache-2.0
package noom.server.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import noom.server.limits.ClientAddress;
import noom.server.limits.SourceLimit;
import noom.server.media.MediaReport;
import noom.server.message.MessageCodec;

/// `/admin/state` as JSON and `/metrics` for Prometheus, both behind the admin token.
public final class AdminRoutes {
    private static final System.Logger LOG = System.getLogger("noom.admin");

    private final AdminToken token;
    private final Supplier<CompletionStage<MediaReport>> media;
    private final SourceLimit limit = new SourceLimit(10, 50);

    /// @param media how it stands when asked
    public AdminRoutes(AdminToken token, Supplier<CompletionStage<MediaReport>> media) {
        this.token = token;
        this.media = media;
    }

    /// Adds the routes.
    public void mount(Router router) {
        router.get("/admin/state")
                .handler(context -> serve(context, "application/json", MessageCodec::write));
        router.get("/metrics")
                .handler(context -> serve(context, MetricsText.CONTENT_TYPE, MetricsText::of));
    }

    private void serve(RoutingContext context, String type, Function<MediaReport, byte[]> writer) {
        var response = context.response();
        if (!limit.tryTake(ClientAddress.of(context.request()), System.nanoTime())) {
            response.setStatusCode(429).putHeader("retry-after", "1").end();
            return;
        }
        if (!token.isShownBy(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            response.setStatusCode(401).putHeader("www-authenticate", "Bearer").end();
            return;
        }
        var loop = context.vertx().getOrCreateContext();
        var _ =
                media.get()
                        .whenComplete(
                                (report, failure) ->
                                        loop.runOnContext(
                                                _ -> {
                                                    if (failure != null) {
                                                        LOG.log(
                                                                System.Logger.Level.ERROR,
                                                                "no report",
                                                                failure);
                                                        response.setStatusCode(503).end();
                                                        return;
                                                    }
                                                    response.putHeader("content-type", type)
                                                            .putHeader("cache-control", "no-store")
                                                            .end(
                                                                    Buffer.buffer(
                                                                            writer.apply(report)));
                                                }));
    }
}
