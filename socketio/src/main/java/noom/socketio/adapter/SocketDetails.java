// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What servers tell each other of a socket; all values are plain objects, as in a packet.
///
/// @param id the socket's public id
/// @param handshake a JSON object: `headers`, `address`, `url`, `query`, `auth` and more
/// @param rooms its rooms, its own among them
/// @param data what the application remembers of it; of the official server any JSON value
public record SocketDetails(
        String id,
        Map<String, @Nullable Object> handshake,
        List<String> rooms,
        @Nullable Object data) {}
