// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import noom.socketio.Middleware;
import noom.socketio.Socket;
import noom.socketio.engine.Admission;

/// Lets in who has a session, or knows the name and the password. Anything else is a no: what is
/// missing, of another type or too long, and a store that fails.
///
/// A socket has one way in: if it names a session, its password is not looked at. A password is
/// checked on the socket's handler thread, and only if the source has not tried too often.
final class Gate implements Middleware {
    /// By these words the page knows that it must ask again.
    private static final String INVALID = "invalid credentials";

    private static final String TOO_MANY = "too many attempts";
    private static final int MAX_SESSION_ID_CHARS = 256;

    private final AdminAccess.Password access;
    private final AdminHost host;
    private final Admission attempts;

    Gate(AdminAccess.Password access, AdminHost host) {
        this.access = access;
        this.host = host;
        this.attempts = new Admission(access.attempts());
    }

    @Override
    public void handle(Socket socket, Next next) {
        var auth = socket.handshake().auth();
        if (namesSession(socket)) {
            var id = String.valueOf(auth.get("sessionId"));
            if (id.length() > MAX_SESSION_ID_CHARS) {
                next.refuse(INVALID);
                return;
            }
            access.sessions()
                    .isKnown(id, host.nowNanos())
                    .whenComplete((known, failure) -> decide(failure == null && known, next));
        } else if (auth.get("username") instanceof String username
                && auth.get("password") instanceof String password
                && username.length() <= PasswordHash.MAX_CHARS
                && password.length() <= PasswordHash.MAX_CHARS) {
            checkPassword(socket, username, password, next);
        } else {
            next.refuse(INVALID);
        }
    }

    private void checkPassword(Socket socket, String username, String password, Next next) {
        var source = socket.handshake().remoteAddress();
        if (attempts.admit(source, host.nowNanos()).isPresent()) {
            next.refuse(TOO_MANY);
            return;
        }
        boolean isNamed = isSame(username, access.username());
        boolean right;
        try {
            right = access.check().accepts(password); // a wrong name must cost as much
        } catch (RuntimeException _) {
            right = false;
        } finally {
            attempts.release(source, host.nowNanos());
        }
        decide(isNamed && right, next);
    }

    private static void decide(boolean isIn, Middleware.Next next) {
        if (isIn) {
            next.proceed();
        } else {
            next.refuse(INVALID);
        }
    }

    /// A socket that came in by its password gets a session.
    void giveSession(Socket socket) {
        if (!namesSession(socket)) {
            var id = host.newId();
            access.sessions().keep(id, host.nowNanos());
            socket.emit("session", id);
        }
    }

    private static boolean namesSession(Socket socket) {
        return socket.handshake().auth().get("sessionId") instanceof String id && !id.isEmpty();
    }

    private static boolean isSame(String given, String right) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
