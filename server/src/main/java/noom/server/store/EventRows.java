// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingEvent.ChatSent;
import noom.meeting.MeetingEvent.LeaveReason;
import noom.meeting.MeetingEvent.PersonJoined;
import noom.meeting.MeetingEvent.PersonLeft;
import noom.meeting.MeetingEvent.PersonRenamed;
import noom.meeting.MeetingId;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Events as rows. The body is JSON, so that an event may gain a field without a migration.
final class EventRows {
    static final String COLUMNS = "seq, at_millis, kind, person, client_message_id, body";
    static final String INSERT =
            "INSERT INTO event (meeting, " + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> BODY = new TypeReference<>() {};

    private EventRows() {}

    private record Row(String kind, Optional<String> clientMessageId, Map<String, String> body) {
        private Row(String kind, Map<String, String> body) {
            this(kind, Optional.empty(), body);
        }
    }

    static void bind(PreparedStatement insert, MeetingId meeting, MeetingEvent event)
            throws SQLException {
        var row =
                switch (event) {
                    case PersonJoined joined ->
                            new Row(
                                    "person-joined",
                                    Map.of(
                                            "name",
                                            joined.name(),
                                            "resume-key",
                                            joined.resumeKey()));
                    case PersonRenamed renamed ->
                            new Row("person-renamed", Map.of("name", renamed.name()));
                    case PersonLeft left ->
                            new Row("person-left", Map.of("reason", left.reason().name()));
                    case ChatSent chat ->
                            new Row(
                                    "chat-sent",
                                    Optional.of(chat.clientMessageId()),
                                    Map.of("name", chat.name(), "text", chat.text()));
                };
        insert.setString(1, meeting.value());
        insert.setLong(2, event.seq());
        insert.setLong(3, event.atMillis());
        insert.setString(4, row.kind());
        insert.setString(5, event.personId());
        insert.setString(6, row.clientMessageId().orElse(null));
        insert.setString(7, JSON.writeValueAsString(row.body()));
    }

    static MeetingEvent read(ResultSet row) throws SQLException {
        long seq = row.getLong("seq");
        long atMillis = row.getLong("at_millis");
        String person = row.getString("person");
        var body = JSON.readValue(row.getString("body"), BODY);
        String kind = row.getString("kind");
        return switch (kind) {
            case "person-joined" ->
                    new PersonJoined(
                            seq, atMillis, person, field(body, "name"), field(body, "resume-key"));
            case "person-renamed" -> new PersonRenamed(seq, atMillis, person, field(body, "name"));
            case "person-left" ->
                    new PersonLeft(
                            seq, atMillis, person, LeaveReason.valueOf(field(body, "reason")));
            case "chat-sent" ->
                    new ChatSent(
                            seq,
                            atMillis,
                            person,
                            field(body, "name"),
                            row.getString("client_message_id"),
                            field(body, "text"));
            default -> throw new StoreException("a newer server wrote '" + kind + "' events");
        };
    }

    private static String field(Map<String, String> body, String name) {
        String value = body.get(name);
        if (value == null) {
            throw new StoreException("an event without " + name);
        }
        return value;
    }
}
