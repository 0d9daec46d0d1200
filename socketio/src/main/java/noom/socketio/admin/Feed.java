// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import noom.socketio.Broadcast;
import noom.socketio.Namespace;
import noom.socketio.adapter.InMemoryAdapter;
import org.jspecify.annotations.Nullable;

/// What is told to all pages, also those on other servers of the cluster.
///
/// Nothing is made or sent while nobody can be looking. Telling must never disturb what it tells
/// of, so a failure ends here.
final class Feed {
    private static final Logger LOG = System.getLogger(Feed.class.getName());

    /// As JavaScript writes a date: always with milliseconds, so that texts sort by time.
    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Namespace pages;
    private final AdminHost host;

    Feed(Namespace pages, AdminHost host) {
        this.pages = pages;
        this.host = host;
    }

    Namespace pages() {
        return pages;
    }

    /// Whether a page may be there: one of this server, or of any other.
    boolean isWatched() {
        return !pages.sockets().isEmpty() || !(pages.adapter() instanceof InMemoryAdapter);
    }

    String timestamp() {
        return timestamp(host.epochMillis());
    }

    static String timestamp(long epochMillis) {
        return TIMESTAMP.format(Instant.ofEpochMilli(epochMillis));
    }

    /// What a page must not miss to show the truth. A page that does not read holds no more than
    /// [noom.socketio.engine.OutputLimits]; then its connection ends, and it begins anew.
    void tell(String event, @Nullable Object... arguments) {
        send(pages.all(), event, arguments);
    }

    /// What a slow page may miss.
    void mention(String event, @Nullable Object... arguments) {
        send(pages.asVolatile(), event, arguments);
    }

    private void send(Broadcast broadcast, String event, @Nullable Object... arguments) {
        if (isWatched()) {
            try {
                broadcast.emit(event, arguments);
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "cannot tell the admin pages of " + event, failure);
            }
        }
    }
}
