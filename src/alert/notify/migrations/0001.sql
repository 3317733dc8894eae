-- Version 1 of the book of messages.

-- So that the file is known for one: 'STNT'.
PRAGMA application_id = 1398034004;

-- An event that somebody is, or was, to be told of. Those that are settled stay for a while: whoever hands one over again
-- is not to make it sent again.
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  -- Its sequence number and its time: numbers begin anew when the book of alerts does.
  key TEXT NOT NULL UNIQUE,
  queued_ms REAL NOT NULL,
  -- JSON: how it stands with each notifier, 'waiting', 'sent' or 'givenUp'.
  outcomes TEXT NOT NULL,
  -- JSON of the event, while somebody waits for it.
  body TEXT
) STRICT;
