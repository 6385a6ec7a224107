/** The tables of the file. A change is a new entry: files of earlier versions are migrated when they are opened. */

/** Marks the file as ours in its header: "Fart" in ASCII. */
export const APPLICATION_ID = 0x46617274;

/** `user_version` counts how many of these have been applied to a file. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE clock (only INTEGER PRIMARY KEY CHECK (only = 1), latest INTEGER NOT NULL);
  INSERT INTO clock VALUES (1, 0);

  CREATE TABLE budget_window (
    key TEXT PRIMARY KEY,
    used INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    ends INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX budget_window_ends ON budget_window (ends);

  -- state: open, expired or settled. due: when a lease runs out, or when the row can be forgotten.
  CREATE TABLE budget_reservation (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    due INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    windows TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX budget_reservation_due ON budget_reservation (state, due);

  CREATE TABLE cache_entry (
    key TEXT PRIMARY KEY,
    partition TEXT NOT NULL,
    meta TEXT NOT NULL,
    bytes BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    size INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  );
  CREATE INDEX cache_entry_partition ON cache_entry (partition);
  CREATE INDEX cache_entry_expires ON cache_entry (expires_at);
  CREATE INDEX cache_entry_used ON cache_entry (used_at, size);
  CREATE TABLE cache_size (only INTEGER PRIMARY KEY CHECK (only = 1), bytes INTEGER NOT NULL);
  INSERT INTO cache_size VALUES (1, 0);
  CREATE TRIGGER cache_added AFTER INSERT ON cache_entry BEGIN
    UPDATE cache_size SET bytes = bytes + NEW.size;
  END;
  CREATE TRIGGER cache_removed AFTER DELETE ON cache_entry BEGIN
    UPDATE cache_size SET bytes = bytes - OLD.size;
  END;

  CREATE TABLE rate_bucket (
    key TEXT PRIMARY KEY,
    level REAL NOT NULL,
    at INTEGER NOT NULL,
    full_at REAL NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX rate_bucket_full ON rate_bucket (full_at);

  CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    feature TEXT,
    user TEXT,
    tenant TEXT,
    model TEXT,
    row TEXT NOT NULL
  );
  CREATE INDEX ledger_at ON ledger (at);
  `,
  `
  -- A vector has one byte a number. A sequence is never used again, so that other processes see what is new.
  CREATE TABLE vector_entry (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    space TEXT NOT NULL,
    partition TEXT NOT NULL,
    vector BLOB NOT NULL,
    meta TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  );
  CREATE INDEX vector_entry_space ON vector_entry (space, sequence);
  CREATE INDEX vector_entry_partition ON vector_entry (partition);
  CREATE INDEX vector_entry_expires ON vector_entry (expires_at);
  CREATE INDEX vector_entry_used ON vector_entry (used_at, sequence);
  CREATE TABLE vector_count (only INTEGER PRIMARY KEY CHECK (only = 1), entries INTEGER NOT NULL);
  INSERT INTO vector_count VALUES (1, 0);
  CREATE TRIGGER vector_added AFTER INSERT ON vector_entry BEGIN
    UPDATE vector_count SET entries = entries + 1;
  END;
  CREATE TRIGGER vector_removed AFTER DELETE ON vector_entry BEGIN
    UPDATE vector_count SET entries = entries - 1;
  END;
  `,
  `
  CREATE TABLE record (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE record_claim (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  `,
];
