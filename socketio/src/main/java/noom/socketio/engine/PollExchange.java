// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// A GET that waits for packets; exactly one of these is called once, on the session's loop.
public interface PollExchange {
    /// Answers 200 with a payload (`text/plain; charset=UTF-8`, `cache-control: no-store`).
    void answer(String payload);

    /// Answers with a refusal.
    void refuse(EngineRefusal refusal);
}
