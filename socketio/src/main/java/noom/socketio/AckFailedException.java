// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

/// Why an awaited answer did not come.
public final class AckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Cause cause;

    /// The ways to get no answer.
    public enum Cause {
        /// The time is up.
        TIMEOUT,
        /// The socket is not connected any more.
        DISCONNECTED,
        /// The socket owes too many answers, and this was the oldest.
        TOO_MANY_PENDING
    }

    AckFailedException(Cause cause) {
        super(cause.name());
        this.cause = cause;
    }

    /// Which of them it was.
    public Cause reason() {
        return cause;
    }
}
