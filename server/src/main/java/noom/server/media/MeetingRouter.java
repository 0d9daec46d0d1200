// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import noom.sfu.Router;
import noom.sfu.audio.ActiveSpeaker;
import noom.sfu.worker.MediaWorker;
import org.jspecify.annotations.Nullable;

/// A meeting's router on one worker, there as long as a transport of the meeting is.
///
/// Owner: that worker.
final class MeetingRouter {
    private final ActiveSpeaker.Sink speakers;
    private @Nullable Router router;
    private int transports;

    /// @param speakers hears who has the floor; at home only, where voices arrive
    MeetingRouter(ActiveSpeaker.Sink speakers) {
        this.speakers = speakers;
    }

    /// One transport more.
    Router enter(MediaWorker worker) {
        var there = router;
        if (there == null) {
            there = worker.openRouter(speakers);
            router = there;
        }
        transports++;
        return there;
    }

    /// One less, which has been closed.
    void leave(MediaWorker worker) {
        transports--;
        if (transports == 0 && router != null) {
            worker.close(router);
            router = null;
        }
    }
}
