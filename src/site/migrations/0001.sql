-- Every version of the site file that was in use, the newest last.
PRAGMA application_id = 0x53544656; -- 'STFV'

CREATE TABLE version (
  version INTEGER PRIMARY KEY,
  time_ms INTEGER NOT NULL,
  -- Who made it; NULL when the file was changed by other means than Starling.
  by TEXT,
  text TEXT NOT NULL
) STRICT;
