-- A meeting is its events; what else there is to know of it was said when it was made.
CREATE TABLE meeting (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    listed INTEGER NOT NULL,
    created_at_millis INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    meeting TEXT NOT NULL REFERENCES meeting (id),
    seq INTEGER NOT NULL,
    at_millis INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    client_message_id TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (meeting, seq)
) STRICT, WITHOUT ROWID;

-- A message happens once, whatever the code above may do.
CREATE UNIQUE INDEX event_once ON event (meeting, person, client_message_id)
    WHERE client_message_id IS NOT NULL;

CREATE INDEX event_people ON event (meeting, person, seq)
    WHERE kind IN ('person-joined', 'person-left');

CREATE INDEX meeting_listed ON meeting (created_at_millis) WHERE listed = 1;
