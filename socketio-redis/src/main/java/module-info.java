// SPDX-License-Identifier: Apache-2.0
/// Joins Socket.IO servers to one, over Redis Streams, together with official ones.
@org.jspecify.annotations.NullMarked
module noom.socketio.redis {
    requires static transitive org.jspecify;
    requires transitive noom.socketio;
    requires lettuce.core;
    requires tools.jackson.databind;

    exports noom.socketio.redis;
}
