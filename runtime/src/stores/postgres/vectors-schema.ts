/**
 * The tables and functions of the vectors. A write locks `vector_state`, so rows are numbered in the order in which other
 * connections see them, and their number is known without counting them.
 */

/** Where pgvector is, its type for numbers of 16 bits: they hold those of one byte exactly, and a row fits its page. */
export interface Pgvector {
  /** The schema of the extension, quoted. */
  readonly schema: string;
}

/** @param pgvector null where the server does not have the extension: processes then search in their own memory */
export function vectorsMigration(schema: string, pgvector: Pgvector | null): string {
  const type = pgvector === null ? 'bytea' : `${pgvector.schema}.halfvec`;
  return `
    CREATE TABLE ${schema}.vector_state (last bigint NOT NULL, entries bigint NOT NULL);
    INSERT INTO ${schema}.vector_state VALUES (0, 0);

    -- id and meta are JSON, which holds texts that "text" does not.
    CREATE TABLE ${schema}.vector_entry (
      key text PRIMARY KEY,
      sequence bigint NOT NULL UNIQUE,
      id text NOT NULL,
      space text NOT NULL,
      partition text NOT NULL,
      vector ${type} NOT NULL,
      meta text NOT NULL,
      checksum bigint NOT NULL,
      stored_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      used_at timestamptz NOT NULL
    );
    CREATE INDEX ON ${schema}.vector_entry (space, sequence);
    CREATE INDEX ON ${schema}.vector_entry (partition);
    CREATE INDEX ON ${schema}.vector_entry (expires_at);
    CREATE INDEX ON ${schema}.vector_entry (used_at, sequence);

    -- Expired vectors are removed first, then the least recently used. used: the keys of those found since the last call.
    CREATE FUNCTION ${schema}.vector_set(
      new_key text, new_id text, new_space text, new_partition text, new_vector ${type}, new_meta text, new_checksum bigint,
      lifetime interval, used text[], maximum bigint
    ) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      moment timestamptz;
      number bigint;
      total bigint;
      removed bigint;
    BEGIN
      -- A vector that a crash forgets is learned again: so there is no need to wait for the disk.
      PERFORM set_config('synchronous_commit', 'off', true);
      -- A server that lost its data continues with higher numbers, so that other processes still see what is new.
      UPDATE ${schema}.vector_state SET last = greatest(last + 1, floor(extract(epoch FROM clock_timestamp()) * 1000))
      RETURNING last, entries INTO number, total;
      moment := clock_timestamp();
      UPDATE ${schema}.vector_entry SET used_at = moment WHERE key = ANY (used);
      DELETE FROM ${schema}.vector_entry WHERE key = new_key OR key IN
        (SELECT key FROM ${schema}.vector_entry WHERE expires_at <= moment LIMIT 500);
      GET DIAGNOSTICS removed = ROW_COUNT;
      INSERT INTO ${schema}.vector_entry VALUES (new_key, number, new_id, new_space, new_partition, new_vector, new_meta,
        new_checksum, moment, moment + lifetime, moment);
      total := total - removed + 1;
      IF total > maximum THEN
        DELETE FROM ${schema}.vector_entry WHERE key IN (SELECT key FROM ${schema}.vector_entry
          ORDER BY used_at, sequence LIMIT least(total - maximum, 500));
        GET DIAGNOSTICS removed = ROW_COUNT;
        total := total - removed;
      END IF;
      UPDATE ${schema}.vector_state SET entries = total;
    END
    $$;

    -- NULL stands for every key, or every partition.
    CREATE FUNCTION ${schema}.vector_delete(old_key text, old_partition text) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
      removed bigint;
    BEGIN
      PERFORM FROM ${schema}.vector_state FOR UPDATE;
      DELETE FROM ${schema}.vector_entry
      WHERE (old_key IS NULL OR key = old_key) AND (old_partition IS NULL OR partition = old_partition);
      GET DIAGNOSTICS removed = ROW_COUNT;
      UPDATE ${schema}.vector_state SET entries = entries - removed;
      RETURN removed;
    END
    $$;
  `;
}
