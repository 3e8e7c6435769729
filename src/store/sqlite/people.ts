/** People who sign in to the console, and their sessions, in SQLite. */
import type { Database } from 'better-sqlite3';
import {
  type HeldSession,
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
import { guarded } from './guarded';
import { plannedOnce, type Prepare } from './query';
import { toColumn } from './rows';
import type { UnitQueue } from './unit-queue';

/** @param prepare of the connection that is read on */
export function createPeople(writer: Database, prepare: Prepare, units: UnitQueue): People {
  const reads = prepareReads(prepare);
  const writes = prepareWrites(writer);
  const personOf = (row: PersonRow) => {
    const merchants = row.allMerchants ? [] : reads.merchants.all(row.id);
    return toPerson(
      row,
      merchants.map(({ login }) => login),
    );
  };
  const run = <T>(work: () => T) => units.run(() => Promise.resolve(guarded(work)));
  const setMerchants = (id: number, merchantIds: readonly number[] | null | undefined) => {
    if (merchantIds === undefined) return;
    writes.clearMerchants.run(id);
    for (const merchant of merchantIds ?? []) writes.addMerchant.run(id, merchant);
  };
  /** Whether an admin of all merchants is left beside one person. */
  const hasAnotherAdmin = (id: number) => writes.otherAdmin.get(id) !== undefined;
  return {
    find: (name) => {
      const row = reads.byName.get(name);
      return row && personOf(row);
    },
    list: () => reads.all.all().map(personOf),
    insert: ({ name, passwordHash, role, merchantIds, createdAt, createdBy }: NewPerson) =>
      run(() => {
        const isOfAll = merchantIds === undefined ? 1 : 0;
        const values = [name, passwordHash, role, isOfAll, createdAt, createdBy];
        const { lastInsertRowid } = writes.insert.run(...values);
        setMerchants(Number(lastInsertRowid), merchantIds);
      }),
    change: (id, change: PersonChange, guard: PersonGuard) =>
      run(() => {
        const { passwordHash, role, merchantIds } = change;
        const losesAdmin = (role ?? 'admin') !== 'admin' || (merchantIds ?? null) !== null;
        if (guard.keepsAdmin && losesAdmin && !hasAnotherAdmin(id)) return false;
        const isOfAll = merchantIds === undefined ? undefined : merchantIds === null;
        writes.change.run(...[passwordHash, role, isOfAll].map(toColumn), id);
        setMerchants(id, merchantIds);
        writes.endOthers.run(id, guard.keepsSession ?? '');
        return true;
      }),
    remove: (id, at, by, guard: PersonGuard) =>
      run(() => {
        if (guard.keepsAdmin && !hasAnotherAdmin(id)) return false;
        writes.remove.run(at, by, id);
        writes.endOthers.run(id, '');
        return true;
      }),
    ...createSessions(reads, writes, personOf, run),
  };
}

type Sessions = Pick<People, 'findSession' | 'insertSession' | 'noteUse' | 'endSession'>;

/** @param run runs statements as a unit */
function createSessions(
  reads: ReturnType<typeof prepareReads>,
  writes: ReturnType<typeof prepareWrites>,
  personOf: (row: PersonRow) => Person,
  run: <T>(work: () => T) => Promise<T>,
): Sessions {
  return {
    findSession: (digest): HeldSession | undefined => {
      const row = reads.session.get(digest);
      if (!row) return undefined;
      const { digest: found, madeAt, usedAt, ...person } = row;
      return toSession({ digest: found, madeAt, usedAt }, personOf(person));
    },
    insertSession: (personId, { digest, madeAt, usedAt }: Session, over: SessionAge) =>
      run(() => {
        writes.forget.run(over.madeBefore, over.usedBefore);
        writes.insertSession.run(digest, personId, madeAt, usedAt);
        writes.seen.run(usedAt, digest);
        writes.forgetOldest.run(personId, MOST_SESSIONS);
      }),
    noteUse: (digest, at) =>
      run(() => {
        writes.seen.run(at, digest);
        writes.used.run(at, digest);
      }),
    endSession: (digest) => run(() => void writes.end.run(digest)),
  };
}

function prepareReads(prepare: Prepare) {
  const select = `SELECT ${PERSON_COLUMNS} FROM person`;
  return {
    byName: prepare<PersonRow>(`${select} WHERE name = ?`, ['allMerchants']),
    all: prepare<PersonRow>(`${select} ORDER BY name`, ['allMerchants']),
    merchants: prepare<{ readonly login: string }>(
      `SELECT login FROM person_merchant CROSS JOIN merchant ON merchant.id = merchant_id
       WHERE person_id = ? ORDER BY merchant_id`,
    ),
    session: prepare<SessionRow>(
      `SELECT ${SESSION_COLUMNS}, ${PERSON_COLUMNS}
       FROM session CROSS JOIN person ON person.id = person_id WHERE digest = ?`,
      ['allMerchants'],
    ),
  };
}

function prepareWrites(database: Database) {
  const prepare = (sql: string) => database.prepare(plannedOnce(sql));
  return {
    insert: prepare(
      `INSERT INTO person (name, password_hash, role, all_merchants, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    change: prepare(
      `UPDATE person SET password_hash = coalesce(?, password_hash), role = coalesce(?, role),
         all_merchants = coalesce(?, all_merchants) WHERE id = ?`,
    ),
    remove: prepare(
      "UPDATE person SET removed_at = ?, removed_by = ?, password_hash = '' WHERE id = ?",
    ),
    otherAdmin: prepare(
      `SELECT 1 FROM person
       WHERE id <> ? AND role = 'admin' AND all_merchants AND removed_at IS NULL LIMIT 1`,
    ),
    clearMerchants: prepare('DELETE FROM person_merchant WHERE person_id = ?'),
    addMerchant: prepare('INSERT INTO person_merchant (person_id, merchant_id) VALUES (?, ?)'),
    insertSession: prepare(
      'INSERT INTO session (digest, person_id, made_at, used_at) VALUES (?, ?, ?, ?)',
    ),
    forget: prepare('DELETE FROM session WHERE made_at < ? OR used_at < ?'),
    forgetOldest: prepare(
      `DELETE FROM session WHERE digest IN
         (SELECT digest FROM session WHERE person_id = ? ORDER BY made_at DESC, digest DESC LIMIT -1 OFFSET ?)`,
    ),
    seen: prepare(
      `UPDATE person SET last_seen_at = ?
       WHERE id = (SELECT person_id FROM session WHERE digest = ?)`,
    ),
    used: prepare('UPDATE session SET used_at = ? WHERE digest = ?'),
    end: prepare('DELETE FROM session WHERE digest = ?'),
    endOthers: prepare('DELETE FROM session WHERE person_id = ? AND digest <> ?'),
  };
}
