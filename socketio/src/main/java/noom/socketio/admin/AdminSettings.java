// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

/// What an [AdminUi] shows, and to whom. There are no defaults without a decision on access:
///
/// ```java
/// AdminSettings.protectedBy(AdminAccess.password("admin", PasswordHash.parse("pbkdf2-…")))
/// ```
/// @param namespace what the page joins
/// @param access who may
/// @param isReadonly whether the page's commands are ignored
/// @param mode how much is told
/// @param serverId this server's name among others; empty for the machine's and the process's
public record AdminSettings(
        String namespace, AdminAccess access, boolean isReadonly, Mode mode, String serverId) {
    /// How much the page is told.
    public enum Mode {
        /// Every socket, room and event.
        DEVELOPMENT,
        /// Sums of all sockets and events.
        PRODUCTION
    }

    /// For those who know a name and its password.
    public static AdminSettings protectedBy(AdminAccess.Password access) {
        return new AdminSettings("/admin", access, false, Mode.DEVELOPMENT, "");
    }

    /// For everybody who reaches the server: they see every event and may disconnect everyone.
    public static AdminSettings openToEverybody() {
        return new AdminSettings(
                "/admin", AdminAccess.Everybody.WITHOUT_PASSWORD, false, Mode.DEVELOPMENT, "");
    }

    /// The same with another namespace.
    public AdminSettings withNamespace(String value) {
        return new AdminSettings(value, access, isReadonly, mode, serverId);
    }

    /// The same for looking only.
    public AdminSettings asReadonly() {
        return new AdminSettings(namespace, access, true, mode, serverId);
    }

    /// The same with sums only.
    public AdminSettings inProduction() {
        return new AdminSettings(namespace, access, isReadonly, Mode.PRODUCTION, serverId);
    }

    /// The same with a name for this server, which no other of the cluster has.
    public AdminSettings withServerId(String value) {
        return new AdminSettings(namespace, access, isReadonly, mode, value);
    }
}
