// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// What comes out of an [EngineSession]. A sink must not call the session that calls it: it posts
/// to the loop.
///
/// Owner: the session's web loop.
public interface SessionSink {
    /// Hears nothing.
    SessionSink SILENT =
            new SessionSink() {
                @Override
                public void onText(String text, long nowNanos) {}

                @Override
                public void onBinary(byte[] bytes, long nowNanos) {}

                @Override
                public void onClose(CloseReason reason) {}
            };

    /// A text message.
    void onText(String text, long nowNanos);

    /// A binary message; the array is the sink's.
    void onBinary(byte[] bytes, long nowNanos);

    /// The last call.
    void onClose(CloseReason reason);

    /// A WebSocket carries the session from now on, in place of polling.
    default void onUpgrade() {}

    /// Asked after each message: false stops reading until [EngineSession#resumeReading].
    default boolean wantsMore() {
        return true;
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    default long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    /// Time, at or after that.
    default void advance(long nowNanos) {}
}
