PRAGMA application_id = 1400131685; -- "StPe"

-- People who may sign in. Nobody is ever deleted: a name is not given to a second person, or the audit log would lie.
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  -- The name in lower case and one normal form, so that no two look alike.
  name_key TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'engineer', 'administrator', 'auditor')),
  -- argon2id in PHC form; null for who was invited and has not come yet, and for who signs in at the provider.
  password_hash TEXT,
  -- Who signs in by OpenID Connect is known by these two, never by the name.
  issuer TEXT,
  subject TEXT,
  created_ms INTEGER NOT NULL,
  disabled_ms INTEGER,
  signed_in_ms INTEGER,
  UNIQUE (issuer, subject),
  CHECK ((issuer IS NULL) = (subject IS NULL)),
  CHECK (issuer IS NULL OR password_hash IS NULL)
) STRICT;

-- Of every secret below only the SHA-256 is here: whoever reads this file can sign in with nothing that is in it.

CREATE TABLE sessions (
  digest BLOB PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  ends_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (user_id);

-- Browsers in which somebody has signed in before.
CREATE TABLE devices (
  digest BLOB PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_of_user ON devices (user_id);

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES users (id),
  label TEXT NOT NULL,
  -- Permissions, parted by spaces.
  scopes TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  used_ms INTEGER
) STRICT;
CREATE INDEX tokens_of_user ON tokens (user_id);

-- Links that set a password, once. Without a user: the one that makes the first administrator.
CREATE TABLE links (
  digest BLOB PRIMARY KEY,
  user_id INTEGER REFERENCES users (id),
  expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
