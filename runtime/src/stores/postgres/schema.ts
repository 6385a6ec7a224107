/**
 * Tables and functions in PostgreSQL. A decision is one function call: one round trip and one transaction. Its rows are
 * locked in the order of their keys, so decisions wait for each other but never deadlock.
 */

import { type Pgvector, vectorsMigration } from './vectors-schema.ts';

/** The SQLSTATE of a request whose windows are not around the server's time. */
export const OUTSIDE = 'FW001';

/** A change is a new entry; a database of an earlier version is brought up to date by the first that connects. */
export const MIGRATIONS: readonly ((schema: string, pgvector: Pgvector | null) => string)[] = [
  (schema) => `
    CREATE TABLE ${schema}.budget_window (
      key text PRIMARY KEY,
      used bigint NOT NULL,
      forget_at timestamptz NOT NULL
    ) WITH (fillfactor = 50);
    CREATE INDEX ON ${schema}.budget_window (forget_at);

    -- due: when the lease runs out. What is neither settled nor due is reserved; what is due is spent in full.
    CREATE TABLE ${schema}.budget_reservation (
      id text PRIMARY KEY,
      amount bigint NOT NULL,
      windows text[] NOT NULL,
      due timestamptz NOT NULL,
      is_settled boolean NOT NULL DEFAULT false,
      forget_at timestamptz NOT NULL
    );
    CREATE INDEX ON ${schema}.budget_reservation (forget_at);
    CREATE INDEX ON ${schema}.budget_reservation (due) WHERE NOT is_settled;

    CREATE TABLE ${schema}.rate_bucket (
      key text PRIMARY KEY,
      level double precision NOT NULL,
      at timestamptz NOT NULL,
      forget_at timestamptz NOT NULL
    ) WITH (fillfactor = 50);
    CREATE INDEX ON ${schema}.rate_bucket (forget_at);

    CREATE TABLE ${schema}.ledger (
      sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text NOT NULL UNIQUE,
      at double precision NOT NULL,
      feature text,
      "user" text,
      tenant text,
      model text,
      "row" jsonb NOT NULL
    );
    CREATE INDEX ON ${schema}.ledger (at);

    -- The window that a time lies in: 'day' and 'month' in UTC, or milliseconds aligned to the epoch.
    CREATE FUNCTION ${schema}.window_start("window" text, moment timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
      SELECT CASE WHEN "window" IN ('day', 'month') THEN date_trunc("window", moment, 'UTC')
        ELSE to_timestamp(floor(extract(epoch FROM moment) * 1000 / "window"::numeric) * "window"::numeric / 1000) END
    $$;
    CREATE FUNCTION ${schema}.window_end("window" text, start timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
      SELECT CASE WHEN "window" IN ('day', 'month')
        THEN (start AT TIME ZONE 'UTC' + ('1 ' || "window")::interval) AT TIME ZONE 'UTC'
        ELSE start + "window"::numeric * interval '1 millisecond' END
    $$;
    CREATE FUNCTION ${schema}.window_key(key text, "window" text, start timestamptz) RETURNS text
    LANGUAGE sql STABLE AS $$
      SELECT "window" || ':' || round(extract(epoch FROM start) * 1000)::bigint || ':' || key
    $$;

    -- Spent, reserved by leases that run, and the end of the window in milliseconds, for each scope in order.
    CREATE FUNCTION ${schema}.budget_states(keys text[], windows text[])
    RETURNS TABLE (spent bigint, reserved bigint, resets_at bigint) LANGUAGE sql AS $$
      WITH moment AS (SELECT clock_timestamp() AS now),
      scope AS (
        SELECT position, "window", start, ${schema}.window_key(key, "window", start) AS name
        FROM moment, unnest(keys, windows) WITH ORDINALITY AS named (key, "window", position),
          LATERAL (SELECT ${schema}.window_start("window", now) AS start) AS bounds
      ),
      held AS (
        SELECT name, sum(amount)::bigint AS amount
        FROM moment, ${schema}.budget_reservation, unnest(budget_reservation.windows) AS name
        WHERE NOT is_settled AND due > now GROUP BY name
      )
      SELECT coalesce(used, 0) - coalesce(held.amount, 0), coalesce(held.amount, 0),
        round(extract(epoch FROM ${schema}.window_end("window", start)) * 1000)::bigint
      FROM scope LEFT JOIN ${schema}.budget_window ON budget_window.key = name LEFT JOIN held USING (name)
      ORDER BY position
    $$;

    -- NULL where everything was granted; else which scope has the least left, from 0. A refusal writes no row.
    CREATE FUNCTION ${schema}.budget_reserve(
      reservation text, reserved bigint, lease interval, keys text[], windows text[], caps bigint[]
    ) RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE
      moment timestamptz := clock_timestamp();
      names text[] := '{}';
      ordered text[];
      name text;
      start timestamptz;
      ends timestamptz;
      place integer;
      refusing integer;
      room bigint := reserved;
      taken bigint;
    BEGIN
      PERFORM FROM ${schema}.budget_reservation WHERE id = reservation;
      IF FOUND THEN RETURN NULL; END IF;
      FOR index IN 1 .. cardinality(keys) LOOP
        start := ${schema}.window_start(windows[index], moment);
        names[index] := ${schema}.window_key(keys[index], windows[index], start);
      END LOOP;
      ordered := ARRAY(SELECT DISTINCT one COLLATE "C" FROM unnest(names) AS one ORDER BY 1);
      FOREACH name IN ARRAY ordered LOOP
        PERFORM FROM ${schema}.budget_window WHERE key = name FOR UPDATE;
        CONTINUE WHEN FOUND;
        place := array_position(names, name);
        start := ${schema}.window_start(windows[place], moment);
        ends := ${schema}.window_end(windows[place], start);
        INSERT INTO ${schema}.budget_window VALUES (name, 0, ends + least(ends - start, interval '1 day'))
        ON CONFLICT DO NOTHING;
        PERFORM FROM ${schema}.budget_window WHERE key = name FOR UPDATE;
      END LOOP;
      FOR index IN 1 .. cardinality(keys) LOOP
        SELECT used INTO taken FROM ${schema}.budget_window WHERE key = names[index];
        IF caps[index] - taken < room THEN
          room := caps[index] - taken;
          refusing := index - 1;
        END IF;
      END LOOP;
      IF refusing IS NOT NULL THEN
        PERFORM set_config('synchronous_commit', 'off', true);
        RETURN refusing;
      END IF;
      INSERT INTO ${schema}.budget_reservation
      VALUES (reservation, reserved, ordered, moment + lease, false, moment + lease + interval '1 day')
      ON CONFLICT DO NOTHING;
      -- Somebody granted the same id at the same moment.
      IF NOT FOUND THEN RETURN NULL; END IF;
      UPDATE ${schema}.budget_window SET used = used + reserved WHERE key = ANY (ordered);
      RETURN NULL;
    END
    $$;

    CREATE FUNCTION ${schema}.budget_settle(reservation text, spent bigint, remembered interval) RETURNS void
    LANGUAGE plpgsql AS $$
    DECLARE
      settled ${schema}.budget_reservation;
    BEGIN
      UPDATE ${schema}.budget_reservation SET is_settled = true, forget_at = clock_timestamp() + remembered
      WHERE id = reservation AND NOT is_settled RETURNING * INTO settled;
      IF NOT FOUND THEN RETURN; END IF;
      -- A settlement that a crash undoes leaves the whole reservation counted: so there is no need to wait for the disk.
      IF spent <= settled.amount THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
      PERFORM FROM ${schema}.budget_window WHERE key = ANY (settled.windows) ORDER BY key COLLATE "C" FOR UPDATE;
      UPDATE ${schema}.budget_window SET used = used + spent - settled.amount WHERE key = ANY (settled.windows);
    END
    $$;

    -- The arithmetic is that of bucket.ts. Answers which bucket refuses, from 0, and for how long, or nothing.
    CREATE FUNCTION ${schema}.rate_take(
      is_taking boolean, keys text[], capacities double precision[], refills double precision[], amounts double precision[]
    ) RETURNS TABLE (refusing integer, wait double precision) LANGUAGE plpgsql AS $$
    DECLARE
      moment timestamptz;
      ordered text[] := ARRAY(SELECT DISTINCT one COLLATE "C" FROM unnest(keys) AS one ORDER BY 1);
      levels double precision[];
      name text;
      known ${schema}.rate_bucket;
      place integer;
      missing double precision;
      longest double precision := -1;
    BEGIN
      -- A rate that a crash forgets costs nothing: so there is no need to wait for the disk.
      PERFORM set_config('synchronous_commit', 'off', true);
      FOREACH name IN ARRAY ordered LOOP
        place := array_position(keys, name);
        INSERT INTO ${schema}.rate_bucket VALUES (name, capacities[place], clock_timestamp(), clock_timestamp())
        ON CONFLICT DO NOTHING;
        PERFORM FROM ${schema}.rate_bucket WHERE key = name FOR UPDATE;
      END LOOP;
      moment := clock_timestamp();
      FOR index IN 1 .. cardinality(keys) LOOP
        place := array_position(ordered, keys[index]);
        IF levels[place] IS NULL THEN
          SELECT * INTO known FROM ${schema}.rate_bucket WHERE key = keys[index];
          levels[place] := least(capacities[index],
            known.level + greatest(0, extract(epoch FROM moment - known.at)) * refills[index]);
        END IF;
        IF is_taking THEN
          levels[place] := levels[place] - least(capacities[index], amounts[index]);
          missing := -levels[place];
          IF missing > 1e-6 THEN
            wait := CASE WHEN refills[index] > 0 THEN ceil(missing / refills[index] * 1000) ELSE 'infinity' END;
            IF wait > longest THEN
              longest := wait;
              refusing := index - 1;
            END IF;
          END IF;
        ELSE
          levels[place] := least(capacities[index], levels[place] + amounts[index]);
        END IF;
      END LOOP;
      IF refusing IS NOT NULL THEN
        wait := longest;
        RETURN NEXT;
        RETURN;
      END IF;
      FOR index IN 1 .. cardinality(keys) LOOP
        place := array_position(ordered, keys[index]);
        UPDATE ${schema}.rate_bucket SET level = levels[place], at = moment, forget_at = moment + CASE
          WHEN refills[index] > 0 THEN least((capacities[index] - levels[place]) / refills[index], 2592000)
          ELSE 2592000 END * interval '1 second'
        WHERE key = keys[index];
      END LOOP;
    END
    $$;

    -- Rows that have served their purpose, some at a time; those that a decision holds are left for later.
    CREATE FUNCTION ${schema}.forget(most integer) RETURNS void LANGUAGE sql AS $$
      DELETE FROM ${schema}.budget_window WHERE key IN
        (SELECT key FROM ${schema}.budget_window WHERE forget_at < now() LIMIT most FOR UPDATE SKIP LOCKED);
      DELETE FROM ${schema}.budget_reservation WHERE id IN
        (SELECT id FROM ${schema}.budget_reservation WHERE forget_at < now() LIMIT most FOR UPDATE SKIP LOCKED);
      DELETE FROM ${schema}.rate_bucket WHERE key IN
        (SELECT key FROM ${schema}.rate_bucket WHERE forget_at < now() LIMIT most FOR UPDATE SKIP LOCKED);
    $$;
  `,
  // Calendars and time zones are reckoned by the processes, in one place for all stores (windowText in period.ts).
  (schema) => `
    -- The window that a time lies in, by a length in milliseconds or by the edges of windows that follow each other.
    CREATE OR REPLACE FUNCTION ${schema}.window_start("window" text, moment timestamptz) RETURNS timestamptz
    LANGUAGE plpgsql STABLE AS $$
    DECLARE
      now numeric := floor(extract(epoch FROM moment) * 1000);
      edges numeric[] := string_to_array("window", ',');
      place integer := cardinality(edges);
    BEGIN
      IF place = 1 THEN RETURN to_timestamp(floor(now / edges[1]) * edges[1] / 1000); END IF;
      IF now < edges[1] OR now >= edges[place] THEN
        RAISE EXCEPTION 'the edges of the window are not around the time of this server' USING ERRCODE = '${OUTSIDE}';
      END IF;
      WHILE edges[place] > now LOOP place := place - 1; END LOOP;
      RETURN to_timestamp(edges[place] / 1000);
    END
    $$;
    CREATE OR REPLACE FUNCTION ${schema}.window_end("window" text, start timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE AS $$
      SELECT CASE WHEN cardinality(edges) = 1 THEN start + edges[1] * interval '1 millisecond'
        ELSE to_timestamp((SELECT min(edge) FROM unnest(edges) AS edge
          WHERE edge > round(extract(epoch FROM start) * 1000)) / 1000) END
      FROM (SELECT string_to_array("window", ',')::numeric[] AS edges) AS given
    $$;
    CREATE OR REPLACE FUNCTION ${schema}.window_key(key text, "window" text, start timestamptz) RETURNS text
    LANGUAGE sql STABLE AS $$
      SELECT round(extract(epoch FROM start) * 1000)::bigint || '-' ||
        round(extract(epoch FROM ${schema}.window_end("window", start)) * 1000)::bigint || ':' || key
    $$;
  `,
  vectorsMigration,
];
