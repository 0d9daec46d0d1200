// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// A WebSocket as a session sees it; called on the session's loop only.
public interface FrameLink {
    /// Writes one message. A binding gathers what is written in one turn of the loop and gives it
    /// to the network together, in order.
    void write(EnginePacket packet);

    /// Whether the link wants more. After false, the binding calls
    /// [EngineSession#onWritable(FrameLink, long)] once it does.
    boolean isWritable();

    /// Stops reading until [#resume()]; frames already read still arrive.
    void pause();

    /// Reads again.
    void resume();

    /// Ends it after what was written; no more calls follow.
    void close();
}
