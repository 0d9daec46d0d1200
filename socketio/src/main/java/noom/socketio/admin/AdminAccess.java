// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import noom.socketio.engine.AdmissionLimits;
import noom.socketio.engine.HandshakeRate;

/// Who may open the page.
public sealed interface AdminAccess {
    /// A name and a password, with the usual limits and with sessions in this process.
    static Password password(String username, PasswordCheck check) {
        return new Password(username, check, AdminSessions.inMemory(), Password.ATTEMPTS);
    }

    /// Whoever reaches the server.
    enum Everybody implements AdminAccess {
        /// A choice that must be made by name.
        WITHOUT_PASSWORD
    }

    /// Who knows a name and its password, or has a session from having known them.
    ///
    /// @param username compared in constant time
    /// @param check says whether a password is right
    /// @param sessions where those who logged in are remembered
    /// @param attempts how many passwords may be checked at once (its sessions) and how often (its
    ///     handshakes), in all and from one source. Who has a session is not counted
    record Password(
            String username, PasswordCheck check, AdminSessions sessions, AdmissionLimits attempts)
            implements AdminAccess {
        /// Of one source 10 at once, then one in 10 s; in all 20 at once, then two a second.
        public static final AdmissionLimits ATTEMPTS =
                new AdmissionLimits(8, 2, new HandshakeRate(2, 20), new HandshakeRate(0.1, 10));

        /// The same with sessions that live elsewhere.
        public Password withSessions(AdminSessions value) {
            return new Password(username, check, value, attempts);
        }

        /// The same with other limits.
        public Password withAttempts(AdmissionLimits value) {
            return new Password(username, check, sessions, value);
        }
    }
}
