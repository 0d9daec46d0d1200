// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import org.jspecify.annotations.Nullable;

/// The transport that carries a session now.
///
/// Owner: its session.
sealed interface Carrier {
    /// Ends it. A waiting poll is answered with `lastWord`, a body on its way is cut off.
    void end(EnginePacket lastWord);

    /// Long-polling: at most one GET waits, at most one POST is on its way.
    final class Polling implements Carrier {
        @Nullable PollExchange poll;
        @Nullable PostExchange post;

        /// A POST whose packets were read, but whose answer waits until the server reads on.
        @Nullable PostExchange heldPost;

        void answerPoll(String payload, boolean mayCompress) {
            var waiting = poll;
            if (waiting != null) {
                poll = null;
                waiting.answer(payload, mayCompress);
            }
        }

        void releasePost() {
            var held = heldPost;
            if (held != null) {
                heldPost = null;
                held.accept();
            }
        }

        @Override
        public void end(EnginePacket lastWord) {
            answerPoll(lastWord.encoded(), true);
            var unread = post;
            post = null;
            if (unread != null) {
                unread.abort();
            }
            releasePost();
        }
    }

    /// WebSocket: one packet per message.
    record Frames(FrameLink link) implements Carrier {
        @Override
        public void end(EnginePacket lastWord) {
            link.close();
        }
    }
}
