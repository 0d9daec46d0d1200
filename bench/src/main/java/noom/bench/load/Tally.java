// SPDX-License-Identifier: Apache-2.0
package noom.bench.load;

/// What all clients of a process have heard since its start.
final class Tally {
    private int open;
    private int lost;
    private long events;
    private long eventBytes;

    void onOpen() {
        open++;
    }

    /// @param wasOpen whether it had joined its namespace
    void onLost(boolean wasOpen) {
        lost++;
        open -= wasOpen ? 1 : 0;
    }

    void onEvent(long bytes) {
        events++;
        eventBytes += bytes;
    }

    /// Clients that are connected and in the main namespace.
    int open() {
        return open;
    }

    /// Clients that lost their connection, or never got one.
    int lost() {
        return lost;
    }

    /// Event packets.
    long events() {
        return events;
    }

    /// One line of JSON.
    String toJson(String at) {
        return "{\"at\":\"%s\",\"open\":%d,\"lost\":%d,\"events\":%d,\"eventBytes\":%d}"
                .formatted(at, open, lost, events, eventBytes);
    }
}
