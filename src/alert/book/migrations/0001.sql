-- Version 1 of the book of alerts.

-- So that the file is known for a book of alerts: 'STAL'.
PRAGMA application_id = 1398030668;

-- One row: the last second that was judged, and up to which number events may have been numbered.
CREATE TABLE book (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  judged_ms REAL,
  reserved_sequence INTEGER NOT NULL
) STRICT;
INSERT INTO book VALUES (1, NULL, 0);

-- Rules with an open alert, or of which it is not known how long they have been blind: JSON with all timers.
CREATE TABLE life (
  rule TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Open alerts about notifiers: JSON.
CREATE TABLE notifier (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rules that raise nothing for a while: JSON.
CREATE TABLE suppression (
  rule TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What has happened: JSON; the columns are for finding it.
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  time_ms REAL NOT NULL,
  subject TEXT NOT NULL,
  alert TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX event_time ON event (time_ms, sequence);
CREATE INDEX event_subject ON event (subject, sequence);
CREATE INDEX event_alert ON event (alert, sequence) WHERE alert IS NOT NULL;
