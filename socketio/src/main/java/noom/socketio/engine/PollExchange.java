// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// A GET that waits for packets; exactly one of these is called once, on the session's loop.
public interface PollExchange {
    /// Answers 200 with a payload (`text/plain; charset=UTF-8`, `cache-control: no-store`).
    ///
    /// @param mayCompress whether a binding that compresses may compress it
    void answer(String payload, boolean mayCompress);

    /// Answers with a refusal.
    void refuse(EngineRefusal refusal);
}
