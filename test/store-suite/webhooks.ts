/** Endpoints, and the messages to them. */
import type { Delivery, Fate, NewDelivery, NewEndpoint } from '../../src/store/webhooks';
import type { UnitOfWork } from '../../src/store/store';
import { AT, type Part, readers, record, addAccount, grantOf, vidOf, write } from './subject';

export const endpointOf = (name: string, more: Partial<NewEndpoint> = {}): NewEndpoint => ({
  endpointId: vidOf(name),
  kind: 'webhook',
  format: 'standard',
  url: `https://${name}.example.com/`,
  private: false,
  settings: { types: ['entitlement.granted'] },
  secrets: { signing: [{ value: 'whsec_x' }] },
  createdAt: AT,
  createdBy: 'office',
  cursor: 0,
  ...more,
});

const message = (lane: number, sequence: number): NewDelivery => ({
  lane,
  sequence,
  messageId: `m${sequence}`,
  event: 'entitlement.granted',
  body: `body ${sequence}`,
});

const NO_ANSWER = { duration: 9, status: undefined, failure: 'refused', answer: undefined };

/** Writes down that a message was tried once more, in vain or not, and what becomes of it. */
export const settleOnce = (
  { webhooks }: Pick<UnitOfWork, 'webhooks'>,
  delivery: Delivery,
  fate: Fate,
  attempt: object = {},
) => {
  const number = delivery.attempts + 1;
  return webhooks.settle(delivery, { number, at: AT, ...NO_ANSWER, ...attempt }, fate);
};

export const webhooks: Part = (subject) => {
  const insert = (name: string, more?: Partial<NewEndpoint>) =>
    write(subject(), async (unit) => unit.webhooks.insert(endpointOf(name, more)));
  const fill = (endpoint: number, ...messages: NewDelivery[]) =>
    write(subject(), async (unit) => unit.webhooks.insertDeliveries(endpoint, messages, AT));
  const due = async (endpoint: number, until = AT) =>
    (await readers(subject()).mine.webhooks.listDue(endpoint, until, 10)).map(
      ({ sequence }) => sequence,
    );
  const find = async (endpoint: number, sequence: number) => {
    const all = await readers(subject()).mine.webhooks.listDeliveries({ endpoint, limit: 100 });
    const found = all.find((one) => one.sequence === sequence);
    if (!found) throw new Error(`no message about ${sequence}`);
    return found;
  };
  const settle = (endpoint: number, sequence: number, fate: Fate, attempt?: object) =>
    write(subject(), async (unit) =>
      settleOnce(unit, await find(endpoint, sequence), fate, attempt),
    );
  const finish = (endpoint: number, sequence: number, state: 'delivered' | 'failed', at = AT) =>
    settle(endpoint, sequence, { state, endedAt: at });
  const ready = async (now = AT, window = 10) =>
    (await subject().store.webhooks.listReady({ now, window, after: 0, limit: 10 })).map(
      ({ endpointId, login, last }) => `${login} ${endpointId.slice(0, 2)} ${last}`,
    );

  test('an endpoint is kept as it is, found by its merchant alone, changed and removed', async () => {
    const id = await insert('a', { secrets: { signing: [{ value: 's' }], password: 'p' } });
    const { mine, theirs } = readers(subject());
    const { cursor, ...made } = endpointOf('a');
    const secrets = { signing: [{ value: 's' }], password: 'p' };
    expect(await mine.webhooks.find(vidOf('a'))).toMatchObject({ id, ...made, secrets, cursor });
    expect(await theirs.webhooks.find(vidOf('a'))).toBeUndefined();
    expect(await theirs.webhooks.findRow(id)).toBeUndefined();
    const values = { ...made, url: 'http://localhost/', private: true, settings: {}, secrets };
    await write(subject(), async (unit) => unit.webhooks.update(id, values));
    const state = { failingSince: AT, notBefore: AT + 1, disabledAt: AT + 2, disabledReason: 'x' };
    await write(subject(), async (unit) => unit.webhooks.setState(id, state));
    expect(await mine.webhooks.findRow(id)).toMatchObject({ url: 'http://localhost/', ...state });
    await insert('b', { kind: 'push' });
    expect(await mine.webhooks.list('webhook')).toHaveLength(1);
    await fill(id, message(1, 1));
    await settle(id, 1, { state: 'waiting', dueAt: AT });
    await write(subject(), async (unit) => unit.webhooks.delete(id));
    expect(await mine.webhooks.findRow(id)).toBeUndefined();
    expect(await mine.webhooks.listDeliveries({ endpoint: id, limit: 10 })).toEqual([]);
  });

  test('of a lane only the first is due; the next when it has ended, lanes side by side', async () => {
    const id = await insert('a');
    await fill(id, message(1, 1), message(1, 2), message(2, 3), message(1, 4));
    expect(await due(id)).toEqual([1, 3]);
    await finish(id, 1, 'delivered');
    expect(await due(id)).toEqual([2, 3]);
    await settle(id, 2, { state: 'waiting', dueAt: AT + 50 });
    expect(await due(id)).toEqual([3]);
    expect(await due(id, AT + 50)).toEqual([3, 2]);
    await finish(id, 2, 'failed', AT + 60);
    expect(await due(id, AT + 60)).toEqual([3, 4]);
    expect(await readers(subject()).mine.webhooks.countWaiting(id)).toBe(2);
  });

  test('attempts are listed in their order, messages the newest first and by state', async () => {
    const id = await insert('a');
    await fill(id, message(1, 1), message(2, 2), message(3, 3));
    const { id: first } = await find(id, 1);
    const well = { at: AT + 9, duration: 3, status: 200, failure: undefined, answer: 'thanks' };
    await settle(id, 1, { state: 'waiting', dueAt: AT + 5 });
    await settle(id, 1, { state: 'delivered', endedAt: AT + 12 }, well);
    await finish(id, 3, 'failed', AT + 13);
    const { mine, theirs } = readers(subject());
    expect(await mine.webhooks.listAttempts(first)).toEqual([
      { number: 1, at: AT, ...NO_ANSWER },
      { number: 2, ...well },
    ]);
    expect(await mine.webhooks.findDelivery(first)).toMatchObject({
      state: 'delivered',
      attempts: 2,
      endedAt: AT + 12,
      dueAt: undefined,
    });
    expect(await theirs.webhooks.findDelivery(first)).toBeUndefined();
    const sequences = async (query: object) =>
      (await mine.webhooks.listDeliveries({ endpoint: id, limit: 10, ...query })).map(
        ({ sequence }) => sequence,
      );
    expect(await sequences({})).toEqual([3, 2, 1]);
    expect(await sequences({ limit: 1, before: first + 2 })).toEqual([2]);
    expect(await sequences({ state: 'failed' })).toEqual([3]);
  });

  test('an attempt counts once: not where it has ended, or another was written down meanwhile', async () => {
    const id = await insert('a');
    await fill(id, message(1, 1));
    const read = await find(id, 1);
    const again = (fate: Fate) => write(subject(), async (unit) => settleOnce(unit, read, fate));
    expect(await again({ state: 'waiting', dueAt: AT + 5 })).toBe(true);
    expect(await again({ state: 'delivered', endedAt: AT })).toBe(false);
    expect(await find(id, 1)).toMatchObject({ state: 'waiting', dueAt: AT + 5, attempts: 1 });
    await finish(id, 1, 'failed');
    await write(subject(), async (unit) => {
      const ended = await find(id, 1);
      expect(await settleOnce(unit, ended, { state: 'delivered', endedAt: AT })).toBe(false);
    });
    expect(await readers(subject()).mine.webhooks.listAttempts(read.id)).toHaveLength(2);
  });

  test('a message that has ended is sent again before what waits', async () => {
    const id = await insert('a');
    await fill(id, message(1, 1), message(1, 2));
    await finish(id, 1, 'failed');
    await write(subject(), async (unit) => unit.webhooks.resend(await find(id, 1), AT + 1));
    expect(await find(id, 1)).toMatchObject({ state: 'waiting', endedAt: undefined });
    expect(await due(id, AT + 1)).toEqual([2, 1]);
  });

  test('the cursor moves once from where it was; set back, later messages that wait are made anew', async () => {
    const id = await insert('a', { cursor: 3 });
    const move = (from: number, to: number) =>
      write(subject(), async (unit) => unit.webhooks.moveCursor(id, from, to));
    expect([await move(3, 5), await move(3, 6)]).toEqual([true, false]);
    await fill(id, message(1, 4), message(2, 5));
    await finish(id, 5, 'delivered');
    await write(subject(), async (unit) => unit.webhooks.rewind(id, 3));
    const { mine } = readers(subject());
    expect(await mine.webhooks.findRow(id)).toMatchObject({ cursor: 3 });
    expect(
      (await mine.webhooks.listDeliveries({ endpoint: id, limit: 10 })).map(({ state }) => state),
    ).toEqual(['delivered']);
  });

  test('the oldest that have ended are forgotten', async () => {
    const id = await insert('a');
    await fill(id, message(1, 1), message(2, 2), message(3, 3), message(4, 4));
    for (const sequence of [1, 2, 3]) await finish(id, sequence, 'delivered');
    await finish(id, 4, 'failed');
    await write(subject(), async (unit) => unit.webhooks.forget(id, 'delivered', 1));
    const left = await readers(subject()).mine.webhooks.listDeliveries({ endpoint: id, limit: 10 });
    expect(left.map(({ sequence }) => sequence)).toEqual([4, 3]);
  });

  test('ready is what has a message due, or events to be read and room', async () => {
    const account = await addAccount(subject(), 'ada');
    const id = await insert('a');
    expect(await ready()).toEqual([]);
    await record(subject(), grantOf(account, 'gold'), grantOf(account, 'silver'));
    expect(await ready()).toEqual(['acme 61 2']);
    await fill(id, message(1, 1), message(1, 2));
    await settle(id, 1, { state: 'waiting', dueAt: AT + 5 });
    expect(await ready(AT, 2)).toEqual([]);
    expect(await ready(AT, 3)).toEqual(['acme 61 2']);
    expect(await ready(AT + 5, 2)).toEqual(['acme 61 2']);
    const set = (state: object) =>
      write(subject(), async (unit) =>
        unit.webhooks.setState(id, {
          failingSince: undefined,
          notBefore: undefined,
          disabledAt: undefined,
          disabledReason: undefined,
          ...state,
        }),
      );
    await set({ notBefore: AT + 9 });
    expect([await ready(AT + 8), await ready(AT + 9)]).toEqual([[], ['acme 61 2']]);
    await set({ disabledAt: AT });
    expect(await ready(AT + 9)).toEqual([]);
  });

  test('texts about an account are emptied, of no other', async () => {
    const ada = await addAccount(subject(), 'ada');
    const id = await insert('a');
    await fill(id, message(ada, 1), message(ada + 1, 2));
    const { id: first } = await find(id, 1);
    const later = { state: 'waiting', dueAt: AT } as const;
    await settle(id, 1, later, { answer: 'y' });
    const answers = async () =>
      (await readers(subject()).mine.webhooks.listAttempts(first)).map(({ answer }) => answer);
    expect(await answers()).toEqual(['y']);
    await write(subject(), async (unit) => {
      const { ofAccount } = unit.webhooks;
      const { last, total } = await ofAccount.extent(ada, { after: 0, limit: 10 });
      expect([last, total]).toEqual([first, 1]);
      const rows = await ofAccount.next(ada, { after: 0, until: last, limit: 10 });
      for (const row of rows) await unit.webhooks.erase(row);
    });
    expect((await find(id, 1)).body).toBeUndefined();
    expect((await find(id, 2)).body).toBe('body 2');
    // One that was under way meanwhile may be answered with what it said.
    await settle(id, 1, later, { answer: 'y' });
    expect(await answers()).toEqual([undefined, undefined]);
  });
};
