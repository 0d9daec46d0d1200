// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import noom.socketio.engine.Compression;
import noom.socketio.engine.EngineRefusal;
import noom.socketio.engine.PollExchange;
import noom.socketio.engine.PostExchange;

/// Long-polling requests and their answers.
///
/// A request belongs to the loop of its TCP connection, its session maybe to another: each class
/// says which half runs where.
final class PollingExchanges {
    /// How long a refused body is read and thrown away, so that its sender reads the answer.
    private static final long DRAIN_MILLIS = 500;

    private PollingExchanges() {}

    /// A GET; answered from the session's loop.
    static final class Poll implements PollExchange {
        private final HttpServerRequest request;
        private final VertxLoop loop;
        private final Compression compression;

        Poll(HttpServerRequest request, VertxLoop loop, Compression compression) {
            this.request = request;
            this.loop = loop;
            this.compression = compression;
        }

        /// On the request's loop.
        void listen(VertxSession session) {
            request.response()
                    .closeHandler(_ -> session.run((engine, _) -> engine.pollAborted(this)));
        }

        @Override
        public void answer(String payload, boolean mayCompress) {
            var used = mayCompress ? compression : Compression.NONE;
            loop.runOrPost(() -> respond(request, "text/plain; charset=UTF-8", payload, used));
        }

        @Override
        public void refuse(EngineRefusal refusal) {
            loop.runOrPost(() -> respond(request, refusal));
        }
    }

    /// A POST; its body is read on the request's loop, its fate decided on the session's.
    static final class Post implements PostExchange {
        private final HttpServerRequest request;
        private final VertxLoop loop;
        private final Vertx vertx;
        private final int maxBytes;
        private final Buffer body = Buffer.buffer();
        private State state = State.READING;

        private enum State {
            READING,
            TOO_LARGE,
            READ
        }

        Post(HttpServerRequest request, VertxLoop loop, Vertx vertx, int maxBytes) {
            this.request = request;
            this.loop = loop;
            this.vertx = vertx;
            this.maxBytes = maxBytes;
        }

        /// On the request's loop: reads once the session has agreed.
        void listen(VertxSession session) {
            request.pause();
            request.handler(chunk -> onChunk(session, chunk));
            request.endHandler(_ -> onEnd(session));
            request.exceptionHandler(
                    _ -> session.run((engine, _) -> engine.postAborted(this, true)));
            var contentType = request.headers().get("content-type");
            session.run(
                    (engine, _) -> {
                        if (engine.beginPost(this, contentType == null ? "" : contentType)) {
                            loop.runOrPost(() -> begin(session));
                        }
                    });
        }

        private void begin(VertxSession session) {
            request.resume();
            var length = request.headers().get("content-length");
            if (length != null && isTooLong(length)) {
                tooLarge(session);
            }
        }

        private boolean isTooLong(String contentLength) {
            try {
                return Long.parseLong(contentLength) > maxBytes;
            } catch (NumberFormatException _) {
                return true;
            }
        }

        private void onChunk(VertxSession session, Buffer chunk) {
            if (state != State.READING) {
                return;
            }
            if (body.length() + chunk.length() > maxBytes) {
                tooLarge(session);
            } else {
                body.appendBuffer(chunk);
            }
        }

        private void tooLarge(VertxSession session) {
            state = State.TOO_LARGE;
            session.run((engine, _) -> engine.postAborted(this, false));
            var response = request.response();
            if (!response.ended()) {
                response.setStatusCode(413).putHeader("connection", "close").end();
            }
            vertx.setTimer(DRAIN_MILLIS, _ -> request.connection().close());
        }

        private void onEnd(VertxSession session) {
            if (state != State.READING) {
                return;
            }
            state = State.READ;
            var text = body.toString(StandardCharsets.UTF_8);
            session.run((engine, nowNanos) -> engine.post(this, text, nowNanos));
        }

        @Override
        public void accept() {
            // text/html, so that old browsers do not offer the answer as a download
            loop.runOrPost(() -> respond(request, "text/html", "ok", Compression.NONE));
        }

        @Override
        public void refuse(EngineRefusal refusal) {
            loop.runOrPost(
                    () -> {
                        if (state == State.READING) {
                            state = State.READ;
                            request.resume();
                        }
                        respond(request, refusal);
                    });
        }

        @Override
        public void abort() {
            loop.runOrPost(() -> request.connection().close());
        }
    }

    private static void respond(
            HttpServerRequest request, String contentType, String body, Compression compression) {
        var response = request.response();
        if (!response.ended() && !response.closed()) {
            response.putHeader("content-type", contentType).putHeader("cache-control", "no-store");
            var accepted = request.headers().get("accept-encoding");
            AnswerCompression.end(response, body, accepted, compression);
        }
    }

    /// On the request's loop.
    static void respond(HttpServerRequest request, EngineRefusal refusal) {
        var response = request.response();
        if (!response.ended() && !response.closed()) {
            if (refusal.retryAfterSeconds() > 0) {
                response.putHeader("retry-after", String.valueOf(refusal.retryAfterSeconds()));
            }
            response.setStatusCode(refusal.status())
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-store")
                    .end(refusal.json());
        }
    }
}
