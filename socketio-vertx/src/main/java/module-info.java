// SPDX-License-Identifier: Apache-2.0
/// Joins the Socket.IO server to Vert.x: HTTP long-polling and WebSocket on an `HttpServer`.
@org.jspecify.annotations.NullMarked
module noom.socketio.vertx {
    requires static transitive org.jspecify;
    requires transitive noom.socketio;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires transitive io.vertx.core;

    exports noom.socketio.vertx;
}
