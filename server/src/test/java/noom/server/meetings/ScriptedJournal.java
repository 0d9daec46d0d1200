// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.server.store.Journal;
import noom.server.store.MeetingRecord;

/// A journal that keeps, or fails to keep, when the test says so.
final class ScriptedJournal implements Journal {
    private final List<MeetingEvent> kept = new ArrayList<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Semaphore arrived = new Semaphore(0);
    private boolean isKeepingAtOnce = true;

    private record Waiting(List<MeetingEvent> events, CompletableFuture<Void> future) {}

    synchronized void hold() {
        isKeepingAtOnce = false;
    }

    /// Blocks until so many appends have arrived since the last time.
    void awaitAppends(int count) {
        arrived.acquireUninterruptibly(count);
    }

    void keepNext() {
        var next = next();
        synchronized (this) {
            kept.addAll(next.events());
        }
        next.future().complete(null);
    }

    void failNext() {
        next().future().completeExceptionally(new IllegalStateException("disk full"));
    }

    private synchronized Waiting next() {
        return waiting.remove();
    }

    synchronized List<MeetingEvent> kept() {
        return List.copyOf(kept);
    }

    @Override
    public CompletableFuture<Void> append(MeetingId meeting, List<MeetingEvent> events) {
        var future = new CompletableFuture<Void>();
        boolean atOnce;
        synchronized (this) {
            atOnce = isKeepingAtOnce;
            if (atOnce) {
                kept.addAll(events);
            } else {
                waiting.add(new Waiting(events, future));
            }
        }
        if (atOnce) {
            future.complete(null);
        }
        arrived.release();
        return future;
    }

    @Override
    public synchronized List<MeetingEvent> readAfter(
            MeetingId meeting, long afterSeq, long upToSeq, int limit) {
        return kept.stream()
                .filter(e -> e.seq() > afterSeq && e.seq() <= upToSeq)
                .limit(limit)
                .toList();
    }

    @Override
    public List<MeetingEvent> readBefore(MeetingId meeting, long beforeSeq, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Void> create(MeetingRecord meeting) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MeetingRecord> find(MeetingId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<MeetingRecord> findListed(String title) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MeetingRecord> listed(int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MeetingId> withPeopleInside() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
