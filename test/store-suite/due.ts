/** What time alone changes of entitlements: what is due, and its lines. */
import { TIME } from '../../src/base/work';
import { nextChange } from '../../src/entitlements/course';
import { recordChange } from '../../src/ledger/record-change';
import type { Reader, UnitOfWork } from '../../src/store/store';
import { collect } from '../harness/collect';
import { addAccount, AT, grantOf, type Part, readers, record, vidOf, write } from './subject';

const idsOf = (rows: ReadonlyArray<{ merchantEntitlementId: string; sourceId: string }>) =>
  rows.map(({ merchantEntitlementId, sourceId }) => merchantEntitlementId + sourceId);

export const due: Part = (subject) => {
  let ada: number;
  let bob: number;

  beforeEach(async () => {
    ada = await addAccount(subject(), 'ada');
    bob = await addAccount(subject(), 'bob');
  });

  test('a batch writes what changes one by one would', async () => {
    const { store, acme, rival, setNow } = subject();
    setNow(AT);
    const terms = [1, 2, 3, 4, 5].flatMap((start) =>
      [undefined, 1, 2, 3, 4, 5, 6, 9].map((end) => ({ start, end })),
    );
    const grant = (merchant: number, account: number) =>
      store.transact(merchant, async (unit) => {
        for (const [index, { start, end }] of terms.entries()) {
          const state = { start: AT + start, end: end && AT + end, description: `d${index}` };
          const dueAt = nextChange(state, AT)?.at;
          // Neither the order of the moments nor its reverse.
          const id = `e${(index * 7) % terms.length}`;
          await unit.recordChange(grantOf(account, id, { after: state, dueAt }));
        }
      });
    const other = await store.transact(rival, async (unit) =>
      unit.insertAccount({ VID: vidOf('other'), merchantAccountId: 'other' }, AT),
    );
    await grant(acme, ada);
    await grant(rival, other);
    setNow(AT + 6);

    const until = AT + 6;
    let batches = 1;
    while (!(await write(subject(), async (unit) => unit.recordDueBatch(until, 3)))) batches += 1;
    expect(batches).toBeGreaterThan(5);
    const work = { actor: 'x', callId: undefined, now: until, timeZone: 'UTC', newId: () => '' };
    await store.transact(rival, (unit) =>
      recordChange(unit, work, { ...grantOf(other, 'last', { at: until }), before: undefined }),
    );

    const { mine: byBatches, theirs: byOne } = readers(subject());
    const linesOf = async (merchant: string) =>
      (await collect(store.listLedger({ merchant })))
        .filter(({ actor }) => actor === TIME)
        .sort((one, next) => one.id - next.id)
        .map((line) => ({ ...line, id: 0, merchant: '', VID: '', merchantAccountId: '' }));
    const batched = await linesOf('acme');
    const moments = batched.map(({ at }) => at);
    expect(moments).toHaveLength(40);
    expect(moments).toEqual([...moments].sort());
    // Those of one moment are in no order.
    expect(new Set(batched)).toEqual(new Set(await linesOf('rival')));
    const rowsOf = async (reader: Reader, account: number) => {
      const rows = await reader.listAllEntitlements(account, { after: undefined, limit: 99 });
      const span = { from: AT + 2, until };
      const changed = await reader.listChanged(span, { page: 0, pageSize: 99 });
      return [
        rows.filter(({ merchantEntitlementId }) => merchantEntitlementId !== 'last'),
        new Set(idsOf(changed)),
      ];
    };
    expect(await rowsOf(byBatches, ada)).toEqual(await rowsOf(byOne, other));
    const lines = await collect(store.listLedger({ merchant: 'acme' }));
    const ids = lines.map(({ id }) => id).sort((one, next) => one - next);
    const numbered = await byBatches.events.list(0, 999);
    expect(numbered.map(({ sequence, line }) => [sequence, line?.id])).toEqual(
      ids.map((id, index) => [index + 1, id]),
    );
  });

  test('units see it after others that were undone, or made it due earlier', async () => {
    await record(subject(), grantOf(ada, 'a', { dueAt: AT + 5 }));
    const ofUnit = (account: number, more?: (unit: UnitOfWork) => Promise<unknown>) =>
      write(subject(), async (unit) => {
        const due = await unit.listDueOf(account);
        await more?.(unit);
        return due.map(({ merchantEntitlementId }) => merchantEntitlementId);
      }).catch(() => 'undone');
    const undone = async (unit: UnitOfWork) => {
      await unit.recordDueBatch(AT + 6, 9);
      await unit.recordDueBatch(AT + 6, 9);
      throw new Error('broken');
    };
    subject().setNow(AT + 4);
    expect(await ofUnit(ada)).toEqual([]);
    // The next one is known to be due at AT + 5.
    const earlier = async (unit: UnitOfWork) =>
      unit.recordChange(grantOf(ada, 'b', { dueAt: AT + 4 }));
    expect(await ofUnit(ada, earlier)).toEqual([]);
    expect(await ofUnit(ada)).toEqual(['b']);
    subject().setNow(AT + 6);
    expect(await Promise.all([ofUnit(bob), ofUnit(ada, undone), ofUnit(ada), ofUnit(bob)])).toEqual(
      [[], 'undone', ['b', 'a'], []],
    );
    expect(await ofUnit(ada, undone)).toBe('undone');
    expect(await ofUnit(ada)).toEqual(['b', 'a']);
  });

  test('an account’s of one moment by their keys, in whatever order they were written', async () => {
    const ids = ['d', 'a', 'e', 'b', 'c'];
    await record(subject(), ...ids.map((id) => grantOf(ada, id, { dueAt: AT + 5 })));
    await record(subject(), grantOf(ada, 'c', { dueAt: AT + 4 }));
    await record(subject(), grantOf(ada, 'a', { dueAt: AT + 5 }));
    subject().setNow(AT + 6);
    const due = await write(subject(), async (unit) => unit.listDueOf(ada));
    expect(due.map(({ merchantEntitlementId }) => merchantEntitlementId)).toEqual([
      'c',
      'a',
      'b',
      'd',
      'e',
    ]);
  });

  test('an account’s, however many there are', async () => {
    const ids = Array.from({ length: 1200 }, (_, n) => `many-${String(n).padStart(4, '0')}`);
    await record(subject(), ...ids.map((id, n) => grantOf(ada, id, { dueAt: AT + 1 + (n % 2) })));
    subject().setNow(AT + 6);
    const due = await write(subject(), async (unit) => unit.listDueOf(ada));
    const [even, odd] = [0, 1].map((rest) => ids.filter((_, n) => n % 2 === rest));
    expect(due.map(({ merchantEntitlementId }) => merchantEntitlementId)).toEqual([
      ...(even ?? []),
      ...(odd ?? []),
    ]);
  });

  test('until a moment, within the limit, of one merchant', async () => {
    await record(
      subject(),
      grantOf(ada, 'later', { dueAt: AT + 3 }),
      grantOf(ada, 'soon', { dueAt: AT + 1 }),
      grantOf(bob, 'next', { dueAt: AT + 2 }),
      grantOf(bob, 'never'),
    );
    const due = async (until: number, limit: number, merchant = subject().acme) => {
      const { store } = subject();
      const all = await store.transact(merchant, async (unit) => unit.recordDueBatch(until, limit));
      const lines = (await collect(store.listLedger({}))).filter(({ actor }) => actor === TIME);
      return [all, ...idsOf(lines)];
    };
    expect(await due(AT + 9, 9, subject().rival)).toEqual([true]);
    expect(await due(AT, 9)).toEqual([true]);
    expect(await due(AT + 2, 1)).toEqual([false, 'soon']);
    expect(await due(AT + 2, 9)).toEqual([true, 'soon', 'next']);
    expect(await due(AT + 2, 9)).toEqual([true, 'soon', 'next']);
    expect(await due(AT + 9, 9)).toEqual([true, 'soon', 'next', 'later']);
  });
};
