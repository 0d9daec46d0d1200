// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// A WebSocket as a session sees it; called on the session's loop only.
public interface FrameLink {
    /// Writes one text message.
    void writeText(String text);

    /// Writes one binary message; the array is not written any more.
    void writeBinary(byte[] bytes);

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
