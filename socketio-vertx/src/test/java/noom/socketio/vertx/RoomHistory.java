// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What one member of a room has read of the events `42["m",NUMBER,NANOS,"text","OFFSET"]`, and
/// what it needs to come back: as the official client keeps it.
///
/// Owner: the thread that reads; others only count.
final class RoomHistory {
    private static final Pattern CONNECT =
            Pattern.compile("40\\{\"sid\":\"([^\"]+)\",\"pid\":\"([^\"]+)\"}");
    private static final Pattern EVENT =
            Pattern.compile("42\\[\"m\",(\\d+),(\\d+),\"x*\",\"([^\"]+)\"]");

    private final String sid;
    private final String pid;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Long> delaysNanos = new ArrayList<>();
    private String offset = "";

    /// @param connected the server's answer to a connect
    RoomHistory(String connected) {
        var parts = CONNECT.matcher(connected);
        if (!parts.matches()) {
            throw new AssertionError("not a session: " + connected);
        }
        this.sid = parts.group(1);
        this.pid = parts.group(2);
    }

    synchronized void take(String message) {
        var parts = EVENT.matcher(message);
        if (!parts.matches()) {
            throw new AssertionError("not an event: " + message);
        }
        numbers.add(Integer.valueOf(parts.group(1)));
        delaysNanos.add(System.nanoTime() - Long.parseLong(parts.group(2)));
        offset = parts.group(3);
        notifyAll();
    }

    synchronized int count() {
        return numbers.size();
    }

    synchronized void awaitCount(int count) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + 30_000_000_000L;
        while (numbers.size() < count) {
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError("got " + numbers.size() + " of " + count);
            }
            wait(leftMillis);
        }
    }

    synchronized List<Long> delaysNanos() {
        return List.copyOf(delaysNanos);
    }

    /// Whether it has every event up to here, once and in order.
    synchronized boolean isComplete(int sent) {
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) != i) {
                return false;
            }
        }
        return numbers.size() == sent;
    }

    /// The connect of a client that was here before.
    synchronized String comingBack() {
        return "40{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}";
    }

    /// Whether this answer to a connect is that of the same session.
    boolean isSame(String connected) {
        return connected.equals("40{\"sid\":\"" + sid + "\",\"pid\":\"" + pid + "\"}");
    }
}
