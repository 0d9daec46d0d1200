// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

/// Says whether a password is right; see [PasswordHash]. It may block and is called from several
/// threads. An exception means no.
@FunctionalInterface
public interface PasswordCheck {
    /// Whether it is, in a time that tells nothing of the right one.
    ///
    /// @param password at most [PasswordHash#MAX_CHARS] long
    boolean accepts(String password);
}
