// SPDX-License-Identifier: Apache-2.0
package noom.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import noom.server.message.Answer.Refused;
import noom.server.message.MessageCodec;
import noom.server.message.MessageCodec.Malformed;
import noom.server.message.MessageCodec.Read;
import noom.server.message.MessageCodec.Understood;

/// JSON bodies in and out.
final class Json {
    private Json() {}

    static <T> Read<T> body(RoutingContext context, Class<T> type) {
        var body = context.body().buffer();
        return body == null ? new Malformed<>("no body") : MessageCodec.read(body.getBytes(), type);
    }

    static void send(RoutingContext context, int status, Object message) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(MessageCodec.write(message)))
                .onFailure(_ -> context.request().connection().close());
    }

    static void refuse(RoutingContext context, int status, Refused refused) {
        send(context, status, refused);
    }

    static <T> void withBody(
            RoutingContext context, Class<T> type, java.util.function.Consumer<T> use) {
        switch (body(context, type)) {
            case Understood<T>(T message) -> use.accept(message);
            case Malformed<T>(String reason) ->
                    refuse(
                            context,
                            400,
                            new Refused(noom.server.message.RefusalCode.BAD_REQUEST, reason));
        }
    }
}
