// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

/// A GET or a POST that remembers how it was answered: `200 body`, `400/code`, `aborted`, or
/// `waiting`.
final class RecordingExchange implements PollExchange, PostExchange {
    private String answer = "waiting";
    private boolean mayCompress;

    @Override
    public void answer(String payload, boolean compressible) {
        mayCompress = compressible;
        set("200 " + payload);
    }

    @Override
    public void accept() {
        set("200 ok");
    }

    @Override
    public void refuse(EngineRefusal refusal) {
        set(refusal.status() + "/" + refusal.code());
    }

    @Override
    public void abort() {
        set("aborted");
    }

    private void set(String given) {
        if (!answer.equals("waiting")) {
            throw new AssertionError("answered twice: " + answer + ", " + given);
        }
        answer = given;
    }

    /// Whether the answer may be compressed.
    boolean mayCompress() {
        return mayCompress;
    }

    String answer() {
        return answer;
    }
}
