// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

/// Hears of rooms; see [Namespace#onRooms]. Every socket has a room of its own, named by its id.
///
/// Called on the thread that made the change, after it; it must not block. Changes that several
/// threads make to one socket at once may be told in any order. An exception is logged.
public interface RoomListener {
    /// A socket has entered a room that it was not in.
    void onJoined(String socketId, String room);

    /// A socket has left a room that it was in, or has gone.
    void onLeft(String socketId, String room);
}
