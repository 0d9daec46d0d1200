// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.meeting.MeetingId;
import noom.sfu.worker.MediaWorker;

/// What the server has on one media worker: the meetings whose home it is, and all transports that
/// are there, of its own meetings and of others.
///
/// Owner: that worker.
final class WorkerMedia {
    private final MediaWorker worker;
    private final int index;
    private final Map<MeetingId, MeetingMedia> meetings = new HashMap<>();
    private final Set<TransportEnd> ends = new HashSet<>();

    WorkerMedia(MediaWorker worker, int index) {
        this.worker = worker;
        this.index = index;
    }

    MediaWorker worker() {
        return worker;
    }

    int index() {
        return index;
    }

    /// Meetings that go through the router.
    Map<MeetingId, MeetingMedia> meetings() {
        return meetings;
    }

    /// Transports that are open.
    Set<TransportEnd> ends() {
        return ends;
    }

    /// How they stand.
    Map<TransportEnd, TransportEnd.Report> reports() {
        var reports = new HashMap<TransportEnd, TransportEnd.Report>();
        for (var end : ends) {
            var report = end.report();
            if (report != null) {
                reports.put(end, report);
            }
        }
        return reports;
    }

    /// How the meetings stand whose home this is.
    ///
    /// @param all transports, of all workers
    List<MediaReport.OfMeeting> report(Map<TransportEnd, TransportEnd.Report> all) {
        return meetings.entrySet().stream()
                .map(it -> it.getValue().report(it.getKey().value(), all))
                .toList();
    }
}
