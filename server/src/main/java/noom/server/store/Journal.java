// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;

/// The record of all meetings. What it says is kept survives `kill -9` and a power cut.
///
/// Safe for use by any thread. Reads block and see everything whose append has completed.
///
/// Every method may fail with [StoreException], an append through its future.
public interface Journal extends AutoCloseable {
    /// Keeps a new meeting; completes when it is on disk.
    CompletableFuture<Void> create(MeetingRecord meeting);

    /// Keeps events that follow those already kept; completes, on a thread of the journal, when all
    /// of them are on disk. Either all are kept or none.
    CompletableFuture<Void> append(MeetingId meeting, List<MeetingEvent> events);

    /// The meeting of this id, if there is one.
    Optional<MeetingRecord> find(MeetingId id);

    /// The newest shown meeting of exactly this title.
    Optional<MeetingRecord> findListed(String title);

    /// The newest meetings that their makers chose to show.
    ///
    /// @param limit at least 1
    List<MeetingRecord> listed(int limit);

    /// Meetings in which somebody was when the journal was last written.
    List<MeetingId> withPeopleInside();

    /// Events with `afterSeq < seq <= upToSeq`, the oldest first.
    ///
    /// @param limit at most so many, from the old end
    List<MeetingEvent> readAfter(MeetingId meeting, long afterSeq, long upToSeq, int limit);

    /// Events with `seq < beforeSeq`, the oldest first.
    ///
    /// @param limit at most so many, from the new end
    List<MeetingEvent> readBefore(MeetingId meeting, long beforeSeq, int limit);

    /// Writes what is queued and closes the file.
    @Override
    void close();
}
