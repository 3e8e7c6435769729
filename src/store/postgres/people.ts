/** People who sign in to the console, and their sessions, in PostgreSQL: each change is one statement. */
import {
  MOST_SESSIONS,
  type NewPerson,
  type People,
  type Person,
  type PersonChange,
  type PersonGuard,
  type Session,
  type SessionAge,
} from '../people';
import {
  PERSON_COLUMNS,
  type PersonRow,
  SESSION_COLUMNS,
  type SessionRow,
  toPerson,
  toSession,
} from '../rows/person-row';
import type { Prepare, PrepareChange } from './query';

/** An admin of all merchants beside the person, where one must remain. */
const MAY = `(NOT :guarded::boolean OR EXISTS (SELECT 1 FROM person AS other
  WHERE other.id <> :id AND other.role = 'admin' AND other.all_merchants AND other.removed_at IS NULL))`;

/** @param change of statements that are committed by themselves */
export function createPeople(prepare: Prepare, change: PrepareChange): People {
  const reads = prepareReads(prepare);
  const writes = prepareWrites(change);
  const personOf = async ({ ...row }: PersonRow): Promise<Person> => {
    const merchants = row.allMerchants ? [] : await reads.merchants.all(row.id);
    return toPerson(
      row,
      merchants.map(({ login }) => login),
    );
  };
  return {
    find: async (name) => {
      const row = await reads.byName.get(name);
      return row && personOf(row);
    },
    list: async () => Promise.all((await reads.all.all()).map(personOf)),
    insert: async ({ merchantIds, ...person }: NewPerson) => {
      const all = merchantIds === undefined;
      await writes.insert.run({ ...person, all, merchants: merchantIds ?? [] });
    },
    change: async (id, { passwordHash, role, merchantIds }: PersonChange, guard: PersonGuard) => {
      const losesAdmin = (role ?? 'admin') !== 'admin' || (merchantIds ?? null) !== null;
      const guarded = guard.keepsAdmin && losesAdmin;
      const isSet = merchantIds !== undefined;
      const all = isSet ? merchantIds === null : undefined;
      const kept = { guarded, keeps: guard.keepsSession ?? '' };
      const values = { passwordHash, role, all, isSet, merchants: merchantIds ?? [] };
      return (await writes.change.get({ id, ...values, ...kept }))?.changed === 1;
    },
    remove: async (id, at, by, { keepsAdmin: guarded }: PersonGuard) =>
      (await writes.remove.get({ id, at, by, guarded }))?.changed === 1,
    findSession: async (digest) => {
      const row = await reads.session.get(digest);
      if (!row) return undefined;
      const { digest: found, madeAt, usedAt, ...person } = row;
      return toSession({ digest: found, madeAt, usedAt }, await personOf(person));
    },
    insertSession: async (person, { digest, madeAt, usedAt }: Session, over: SessionAge) => {
      await writes.insertSession.run({ person, digest, madeAt, usedAt, ...over });
    },
    noteUse: async (digest, at) => {
      await writes.used.run({ digest, at });
    },
    endSession: async (digest) => {
      await writes.end.run(digest);
    },
  };
}

function prepareReads(prepare: Prepare) {
  const select = `SELECT ${PERSON_COLUMNS} FROM person`;
  return {
    byName: prepare<PersonRow>(`${select} WHERE name = ?`),
    all: prepare<PersonRow>(`${select} ORDER BY name`),
    merchants: prepare<{ readonly login: string }>(
      `SELECT login FROM person_merchant JOIN merchant ON merchant.id = merchant_id
       WHERE person_id = ? ORDER BY merchant_id`,
    ),
    session: prepare<SessionRow>(
      `SELECT ${SESSION_COLUMNS}, ${PERSON_COLUMNS}
       FROM session JOIN person ON person.id = person_id WHERE digest = ?`,
    ),
  };
}

function prepareWrites(change: PrepareChange) {
  return {
    insert: change(
      `WITH made AS (
         INSERT INTO person (name, password_hash, role, all_merchants, created_at, created_by)
         VALUES (:name, :passwordHash, :role, :all, :createdAt, :createdBy) RETURNING id)
       INSERT INTO person_merchant (person_id, merchant_id)
         SELECT made.id, seen FROM made, unnest(:merchants::int[]) AS seen`,
    ),
    // What stays is neither removed nor added: one statement must not do both to a row.
    change: change<{ readonly changed: number }>(
      `WITH changed AS (
         UPDATE person SET password_hash = coalesce(:passwordHash, password_hash),
           role = coalesce(:role, role), all_merchants = coalesce(:all::boolean, all_merchants)
         WHERE id = :id AND ${MAY} RETURNING id),
       cleared AS (
         DELETE FROM person_merchant WHERE :isSet::boolean AND person_id IN (SELECT id FROM changed)
           AND merchant_id <> ALL(:merchants::int[])),
       added AS (
         INSERT INTO person_merchant (person_id, merchant_id)
         SELECT changed.id, seen FROM changed, unnest(:merchants::int[]) AS seen
         ON CONFLICT DO NOTHING),
       ended AS (
         DELETE FROM session WHERE person_id IN (SELECT id FROM changed) AND digest <> :keeps)
       SELECT count(*)::int AS changed FROM changed`,
    ),
    remove: change<{ readonly changed: number }>(
      `WITH changed AS (
         UPDATE person SET removed_at = :at, removed_by = :by, password_hash = ''
         WHERE id = :id AND ${MAY} RETURNING id),
       ended AS (DELETE FROM session WHERE person_id IN (SELECT id FROM changed))
       SELECT count(*)::int AS changed FROM changed`,
    ),
    insertSession: change(
      `WITH over AS (
         DELETE FROM session WHERE made_at < :madeBefore OR used_at < :usedBefore),
       oldest AS (
         DELETE FROM session WHERE digest IN (SELECT digest FROM session WHERE person_id = :person
           ORDER BY made_at DESC, digest DESC OFFSET ${MOST_SESSIONS - 1})),
       seen AS (
         UPDATE person SET last_seen_at = greatest(last_seen_at, :usedAt) WHERE id = :person)
       INSERT INTO session (digest, person_id, made_at, used_at)
       VALUES (:digest, :person, :madeAt, :usedAt)`,
    ),
    used: change(
      `WITH used AS (
         UPDATE session SET used_at = greatest(used_at, :at) WHERE digest = :digest
         RETURNING person_id)
       UPDATE person SET last_seen_at = greatest(last_seen_at, :at)
       WHERE id IN (SELECT person_id FROM used)`,
    ),
    end: change('DELETE FROM session WHERE digest = ?'),
  };
}
