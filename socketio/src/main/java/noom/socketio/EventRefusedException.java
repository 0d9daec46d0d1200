// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

/// Thrown in an event handler to refuse the event: if the client wants an ack it gets
/// `{"error": code}`, and nothing else happens.
///
/// The library itself refuses with `bad-argument`, `too-many-rooms` and `rate-limited`.
public final class EventRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    /// @param code for programs, shown to the client
    /// @param message for logs, not shown to the client
    public EventRefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /// The word that the client gets.
    public String code() {
        return code;
    }
}
