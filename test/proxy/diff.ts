/** A proxy under test that compares, with a side of its own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { IGNORED_TYPES } from '../../src/cashbox/ignored-types';
import { startCopy } from '../../src/commands/actions/own-server';
import { Ids } from '../../src/comparison/ids';
import { readRule, type Rule } from '../../src/comparison/rules';
import { readSettings, type Settings } from '../../src/config/settings';
import { createDiff } from '../../src/proxy/diff';
import { Found } from '../../src/proxy/found';
import { createUpstream } from '../../src/proxy/upstream';
import { SYSTEM_TIME } from '../../src/base/time';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { contract, makeFolder, startMode, type TestProxy } from './proxy';

const copies: Array<() => Promise<void>> = [];

/** Ends their own sides. */
export async function stopCopies(): Promise<void> {
  for (const stop of copies.splice(0)) await stop();
}

afterEach(stopCopies);

interface Options {
  readonly rules?: readonly string[];
  readonly seed?: object;
  readonly state?: string;
  readonly settings?: Partial<Settings>;
}

/** A proxy whose own side is empty but for a seed. */
export async function startDiff(
  upstreamUrl: string,
  { rules = [], seed, state, settings = {} }: Options = {},
) {
  let file: string | undefined;
  if (seed) {
    file = join(makeFolder(), 'seed.json');
    writeFileSync(file, JSON.stringify(seed));
  }
  const copy = await startCopy({ ...readSettings({}, {}), ...settings }, { seed: file, state });
  copies.push(copy.stop);
  const shared = { contract, ignoredTypes: IGNORED_TYPES };
  const proxy = await startMode((logger) =>
    createDiff({
      upstream: createUpstream({ url: new URL(upstreamUrl), limit: 60_000, time: SYSTEM_TIME }),
      tools: shared,
      comparing: {
        ...shared,
        dateTime: createDateTimeFormat('UTC'),
        rules: rules.map((rule) => readRule(rule) as Rule),
        ids: new Ids(),
      },
      tolerance: 5000,
      limit: 60_000,
      endpoint: copy.url,
      passwordOf: copy.passwordOf,
      time: SYSTEM_TIME,
      logger,
    }),
  );
  return proxy;
}

/** What it has found, once that many calls are compared. */
export async function find(proxy: TestProxy, calls: number, query = ''): Promise<Found> {
  await proxy.done(calls, 'compared');
  const found: unknown = await (await fetch(`${proxy.url}/_latchkey/diff${query}`)).json();
  // As the document of the control describes it, and nothing else.
  expect(z.strictObject(Found.shape).parse(found)).toEqual(found);
  return found as Found;
}
