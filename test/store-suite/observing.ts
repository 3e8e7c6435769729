/** What a store shows of itself: commits, the lines that units write, connections, and how long endpoints wait. */
import { recordDue } from '../../src/ledger/record-due';
import type { UnitOfWork } from '../../src/store/store';
import { addAccount, AT, DAY, grantOf, type Part, record, vidOf, write } from './subject';
import { endpointOf, settleOnce } from './webhooks';

export const observing: Part = (subject) => {
  /** Notes the lines of a unit as `action reason lines`. */
  const noting = (entries: string[], work: (unit: UnitOfWork) => Promise<unknown>) =>
    write(subject(), (unit) => {
      unit.onEntry = (action, reason = '-', lines) => entries.push(`${action} ${reason} ${lines}`);
      return work(unit);
    });

  test('each commit says how many units it kept; a refused unit is none', async () => {
    const { commits } = subject();
    commits.length = 0;
    await addAccount(subject(), 'ada');
    expect(commits.map(({ units }) => units)).toEqual([1]);
    const names = ['bea', 'ada', 'cid'];
    await Promise.allSettled(names.map((name) => addAccount(subject(), name)));
    const together = commits.slice(1);
    expect(together.reduce((sum, { units }) => sum + units, 0)).toBe(2);
    expect(commits.every(({ duration }) => duration >= 0)).toBe(true);
    commits.length = 0;
    await expect(write(subject(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(commits).toEqual([]);
  });

  test('a unit gives out the action and reason of each line that it writes', async () => {
    const account = await addAccount(subject(), 'ada');
    const entries: string[] = [];
    await noting(entries, async (unit) => {
      await unit.recordChange(grantOf(account, 'gold'));
      await unit.recordChange(grantOf(account, 'silver', { action: 'revoke', reason: 'refund' }));
    });
    expect(entries).toEqual(['grant - 1', 'revoke refund 1']);
    await record(subject(), grantOf(account, 'tin'));
    expect(entries).toHaveLength(2);
  });

  test('lines by time alone are given out by their action', async () => {
    const account = await addAccount(subject(), 'ada');
    const soon = { start: AT + 1, end: AT + DAY, description: undefined };
    const now = { start: AT, end: AT + DAY, description: undefined };
    await record(
      subject(),
      grantOf(account, 'gold', { after: soon, dueAt: AT + 1, changesAccess: false }),
      grantOf(account, 'silver', { after: now, dueAt: AT + DAY }),
    );
    subject().setNow(AT + DAY);
    const entries: string[] = [];
    await noting(entries, (unit) => recordDue(unit, 'UTC'));
    expect(entries.sort()).toEqual(['expire - 2', 'start - 1']);
  });

  test('its condition counts connections, and units that wait', async () => {
    const { store } = subject();
    const idle = await store.condition();
    expect(idle.connections).toMatchObject({ busy: 0, waiting: 0 });
    let during: typeof idle | undefined;
    const first = write(subject(), async () => {
      await new Promise(setImmediate);
      during = await store.condition();
    });
    await new Promise(setImmediate);
    const second = write(subject(), () => Promise.resolve());
    await Promise.all([first, second]);
    expect(during?.connections).toMatchObject({ busy: 1, waiting: 1 });
  });

  test('the oldest that an enabled endpoint waits for: a message, or an event to be read', async () => {
    const { store, setNow } = subject();
    const oldest = async () => {
      const at = await store.webhooks.oldestPending();
      return at === undefined ? undefined : at - AT;
    };
    expect(await oldest()).toBeUndefined();
    const account = await addAccount(subject(), 'ada');
    const id = await write(subject(), async (unit) => unit.webhooks.insert(endpointOf('a')));
    expect(await oldest()).toBeUndefined();
    await record(subject(), grantOf(account, 'gold', { at: AT + 5 }));
    setNow(AT + 9);
    await record(subject(), grantOf(account, 'tin', { at: AT + 9 }));
    expect(await oldest()).toBe(5);
    await write(subject(), async ({ webhooks }) => {
      const message = { lane: 1, messageId: 'm', event: 'entitlement.granted', body: 'b' };
      await webhooks.insertDeliveries(id, [{ ...message, sequence: 1 }], AT + 7);
      await webhooks.moveCursor(id, 0, 2);
    });
    expect(await oldest()).toBe(7);
    const endedAt = AT + 9;
    await write(subject(), async (unit) => {
      const [delivery] = await unit.webhooks.listDue(id, AT + 9, 1);
      if (delivery) await settleOnce(unit, delivery, { state: 'delivered', endedAt });
    });
    expect(await oldest()).toBeUndefined();
    await record(subject(), grantOf(account, 'zinc', { at: AT + 9 }));
    expect(await oldest()).toBe(9);
    const disabled = { failingSince: undefined, notBefore: undefined, disabledReason: 'x' };
    await write(subject(), async ({ webhooks }) => {
      const found = await webhooks.find(vidOf('a'));
      await webhooks.setState(found?.id ?? 0, { ...disabled, disabledAt: AT });
    });
    expect(await oldest()).toBeUndefined();
  });
};
