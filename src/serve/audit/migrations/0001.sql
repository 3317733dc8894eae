PRAGMA application_id = 1400127861; -- "StAu"

-- Who looked at what, changed what, exported what. Each row holds the hash of the one before it.
CREATE TABLE entries (
  sequence INTEGER PRIMARY KEY,
  time_ms INTEGER NOT NULL,
  caller TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  address TEXT,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  details TEXT NOT NULL,
  count INTEGER NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX entries_by_time ON entries (time_ms);
