// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// A POST that brings packets; exactly one of these is called once, on the session's loop.
public interface PostExchange {
    /// Answers 200 with `ok` (`text/html`, `cache-control: no-store`).
    void accept();

    /// Answers with a refusal.
    void refuse(EngineRefusal refusal);

    /// Cuts the connection: the session ended while the body was on its way.
    void abort();
}
