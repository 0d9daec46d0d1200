// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever holds a `RedisStreams`. Servers that are one cluster over Redis Streams, in the
/// formats of the official Node adapter.
@org.jspecify.annotations.NullMarked
package noom.socketio.redis;
