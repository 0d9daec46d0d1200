// SPDX-License-Identifier: Apache-2.0
/// A Socket.IO 5 and Engine.IO 4 server without a socket, a thread or a clock: a binding brings
/// those.
@org.jspecify.annotations.NullMarked
module noom.socketio {
    requires static transitive org.jspecify;
    requires tools.jackson.core;

    exports noom.socketio;
    exports noom.socketio.adapter;
    exports noom.socketio.admin;
    exports noom.socketio.engine;
    exports noom.socketio.msgpack;
    exports noom.socketio.protocol;
}
