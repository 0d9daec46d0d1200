// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import org.sqlite.SQLiteConfig;

/// The journal in one SQLite file: write-ahead log, `synchronous=FULL`.
///
/// One thread writes. It takes whatever is waiting, at most [#MAX_BATCH], as one transaction with
/// one sync (group commit), so a slow disk costs waiting time but not throughput. If a batch fails,
/// each of its writes is tried alone, so that one bad write does not spoil its neighbours.
///
/// The writer is a platform thread, because a sync inside native code would hold on to the carrier
/// of a virtual one.
public final class SqliteJournal implements Journal {
    static final int MAX_BATCH = 500;
    static final int MAX_WAITING = 5_000;

    private static final List<String> MIGRATIONS = List.of("001-meetings-and-events.sql");

    private final Connection writer;
    private final Connection reader;
    private final ReentrantLock reading = new ReentrantLock();
    private final WriteQueue<Write> waiting = new WriteQueue<>(MAX_WAITING);
    private final Thread thread;

    private record Write(Work work, CompletableFuture<Void> kept) {}

    @FunctionalInterface
    private interface Work {
        void writeTo(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Query<T> {
        T runOn(Connection connection) throws SQLException;
    }

    private SqliteJournal(Connection writer, Connection reader) {
        this.writer = writer;
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("noom-journal").unstarted(this::writeUntilClosed);
    }

    /// Opens or makes the file and brings its tables up to date.
    ///
    /// @throws StoreException when it cannot be opened or is from a newer server
    public static SqliteJournal open(Path file) {
        try {
            var writer = connect(file, false);
            migrate(writer);
            writer.setAutoCommit(false);
            var journal = new SqliteJournal(writer, connect(file, true));
            journal.thread.start();
            return journal;
        } catch (SQLException | IOException e) {
            throw new StoreException("cannot open " + file.getFileName(), e);
        }
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        config.setReadOnly(readOnly);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void migrate(Connection connection) throws SQLException, IOException {
        int version;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            version = row.getInt(1);
        }
        if (version > MIGRATIONS.size()) {
            throw new StoreException("the data folder is from a newer Noom");
        }
        connection.setAutoCommit(false);
        for (; version < MIGRATIONS.size(); version++) {
            try (var statement = connection.createStatement()) {
                for (String sql : statements(MIGRATIONS.get(version))) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + (version + 1));
            }
            connection.commit();
        }
    }

    private static List<String> statements(String resource) throws IOException {
        try (InputStream in = SqliteJournal.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no resource " + resource);
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(script.replaceAll("(?m)^--.*$", "").strip().split(";\\s*"));
        }
    }

    @Override
    public CompletableFuture<Void> create(MeetingRecord meeting) {
        return enqueue(
                connection -> {
                    try (var insert =
                            connection.prepareStatement(
                                    "INSERT INTO meeting (id, title, listed, created_at_millis)"
                                            + " VALUES (?, ?, ?, ?)")) {
                        insert.setString(1, meeting.id().value());
                        insert.setString(2, meeting.title());
                        insert.setBoolean(3, meeting.listed());
                        insert.setLong(4, meeting.createdAtMillis());
                        insert.executeUpdate();
                    }
                });
    }

    @Override
    public CompletableFuture<Void> append(MeetingId meeting, List<MeetingEvent> events) {
        return enqueue(
                connection -> {
                    requireNoGap(connection, meeting, events.getFirst().seq());
                    try (var insert = connection.prepareStatement(EventRows.INSERT)) {
                        for (var event : events) {
                            EventRows.bind(insert, meeting, event);
                            insert.addBatch();
                        }
                        insert.executeBatch();
                    }
                });
    }

    /// Events behind one that could not be kept must not be kept either.
    private static void requireNoGap(Connection connection, MeetingId meeting, long seq)
            throws SQLException {
        try (var newest =
                connection.prepareStatement(
                        "SELECT COALESCE(MAX(seq), 0) FROM event WHERE meeting = ?")) {
            newest.setString(1, meeting.value());
            try (var row = newest.executeQuery()) {
                if (row.getLong(1) != seq - 1) {
                    throw new SQLException("event " + seq + " after " + row.getLong(1));
                }
            }
        }
    }

    private CompletableFuture<Void> enqueue(Work work) {
        var write = new Write(work, new CompletableFuture<>());
        switch (waiting.add(write)) {
            case WAITS -> {} // the writer answers
            case FULL -> fail(write, "too much is waiting");
            case CLOSED -> fail(write, "closed");
        }
        return write.kept();
    }

    private static void fail(Write write, String why) {
        write.kept().completeExceptionally(new StoreException(why));
    }

    private void writeUntilClosed() {
        var batch = waiting.takeBatch(MAX_BATCH);
        while (!batch.isEmpty()) {
            write(batch);
            batch = waiting.takeBatch(MAX_BATCH);
        }
    }

    private void write(List<Write> batch) {
        try {
            for (var write : batch) {
                write.work().writeTo(writer);
            }
            writer.commit();
        } catch (SQLException e) {
            rollBack();
            if (batch.size() > 1) {
                batch.forEach(write -> write(List.of(write)));
            } else {
                batch.getFirst().kept().completeExceptionally(new StoreException("not kept", e));
            }
            return;
        }
        batch.forEach(write -> write.kept().complete(null));
    }

    private void rollBack() {
        try {
            writer.rollback();
        } catch (SQLException e) {
            // The next write fails as well and is told so; SQLite recovers when the disk does.
            System.getLogger("noom.journal").log(System.Logger.Level.WARNING, "no rollback", e);
        }
    }

    @Override
    public Optional<MeetingRecord> find(MeetingId id) {
        return read(
                "SELECT id, title, listed, created_at_millis FROM meeting WHERE id = ?",
                statement -> {
                    statement.setString(1, id.value());
                    return meetings(statement).stream().findFirst();
                });
    }

    @Override
    public Optional<MeetingRecord> findListed(String title) {
        return read(
                "SELECT id, title, listed, created_at_millis FROM meeting"
                        + " WHERE listed = 1 AND title = ? ORDER BY created_at_millis DESC LIMIT 1",
                statement -> {
                    statement.setString(1, title);
                    return meetings(statement).stream().findFirst();
                });
    }

    @Override
    public List<MeetingRecord> listed(int limit) {
        return read(
                "SELECT id, title, listed, created_at_millis FROM meeting WHERE listed = 1"
                        + " ORDER BY created_at_millis DESC LIMIT ?",
                statement -> {
                    statement.setInt(1, limit);
                    return meetings(statement);
                });
    }

    private static List<MeetingRecord> meetings(PreparedStatement statement) throws SQLException {
        var found = new ArrayList<MeetingRecord>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(
                        new MeetingRecord(
                                new MeetingId(rows.getString(1)),
                                rows.getString(2),
                                rows.getBoolean(3),
                                rows.getLong(4)));
            }
        }
        return found;
    }

    @Override
    public List<MeetingId> withPeopleInside() {
        // SQLite takes the other columns from the row of the maximum.
        return read(
                "SELECT DISTINCT meeting FROM (SELECT meeting, kind, MAX(seq) FROM event"
                        + " WHERE kind IN ('person-joined', 'person-left')"
                        + " GROUP BY meeting, person) WHERE kind = 'person-joined'",
                statement -> {
                    var found = new ArrayList<MeetingId>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            found.add(new MeetingId(rows.getString(1)));
                        }
                    }
                    return found;
                });
    }

    @Override
    public List<MeetingEvent> readAfter(MeetingId meeting, long afterSeq, long upToSeq, int limit) {
        return read(
                "SELECT "
                        + EventRows.COLUMNS
                        + " FROM event WHERE meeting = ? AND seq > ? AND seq <= ?"
                        + " ORDER BY seq LIMIT ?",
                statement -> {
                    statement.setString(1, meeting.value());
                    statement.setLong(2, afterSeq);
                    statement.setLong(3, upToSeq);
                    statement.setInt(4, limit);
                    return events(statement);
                });
    }

    @Override
    public List<MeetingEvent> readBefore(MeetingId meeting, long beforeSeq, int limit) {
        return read(
                "SELECT "
                        + EventRows.COLUMNS
                        + " FROM event WHERE meeting = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                statement -> {
                    statement.setString(1, meeting.value());
                    statement.setLong(2, beforeSeq);
                    statement.setInt(3, limit);
                    return events(statement).reversed();
                });
    }

    private static List<MeetingEvent> events(PreparedStatement statement) throws SQLException {
        var found = new ArrayList<MeetingEvent>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(EventRows.read(rows));
            }
        }
        return found;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(PreparedStatement statement) throws SQLException;
    }

    private <T> T read(String sql, Reading<T> reading) {
        return onReader(
                connection -> {
                    try (var statement = connection.prepareStatement(sql)) {
                        return reading.from(statement);
                    }
                });
    }

    private <T> T onReader(Query<T> query) {
        reading.lock();
        try {
            return query.runOn(reader);
        } catch (SQLException e) {
            throw new StoreException("cannot read the journal", e);
        } finally {
            reading.unlock();
        }
    }

    /// What the writer's connection says of `PRAGMA synchronous`; 2 is FULL.
    int synchronousLevel() {
        try (var statement = writer.createStatement();
                var row = statement.executeQuery("PRAGMA synchronous")) {
            return row.getInt(1);
        } catch (SQLException e) {
            throw new StoreException("cannot read the setting", e);
        }
    }

    @Override
    public void close() {
        waiting.close();
        try {
            thread.join();
            // Nothing is left, unless the writer ended of a bug.
            waiting.takeBatch(MAX_WAITING).forEach(write -> fail(write, "closed"));
            reader.close();
            writer.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new StoreException("cannot close the journal", e);
        }
    }
}
