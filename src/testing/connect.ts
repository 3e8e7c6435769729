/** Steers a simulation over HTTP. */
import { randomUUID } from 'node:crypto';
import { CONTROL_PATH } from '../base/simulate';
import { LatchkeyError, send } from './http';
import type {
  ClockAction,
  Instant,
  Latchkey,
  MerchantOptions,
  SnapshotState,
  Steering,
  TestMerchant,
  VerificationResult,
} from './types';

/** Sends a call about one merchant. */
type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/**
 * The simulation that runs at an address.
 * @param url `http://127.0.0.1:8787`
 * @throws LatchkeyError when the server there is none, Error when there is no answer
 */
export async function connectLatchkey(url: string): Promise<Latchkey> {
  const base = url.replace(/\/+$/, '');
  await send('GET', `${base}${CONTROL_PATH}/merchants`);
  return steer(base, () => Promise.resolve());
}

/** @param stop what ends the server */
export function steer(base: string, stop: () => Promise<void>): Latchkey {
  const control = `${base}${CONTROL_PATH}`;
  return {
    url: base,
    wsdl: (service = 'Account', version = '22.0') => `${base}/${version}/${service}.wsdl`,
    merchant: (options = {}) => makeMerchant(control, options),
    ...steering(callerOf(control)),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function makeMerchant(control: string, options: MerchantOptions): Promise<TestMerchant> {
  const made = await send<TestMerchant>('POST', `${control}/merchants`, options);
  const remove = () => send<undefined>('DELETE', made.control);
  return { ...made, ...steering(callerOf(made.control)), remove, [Symbol.asyncDispose]: remove };
}

function callerOf(control: string): Call {
  return (method, path, body) => send(method, `${control}${path}`, body);
}

function steering(call: Call): Steering {
  const clock = (action: ClockAction, more: object = {}) =>
    call<Awaited<ReturnType<Steering['clock']['run']>>>('PUT', '/clock', { action, ...more });
  const at = (instant: Instant) => ({
    instant: typeof instant === 'string' ? instant : instant.toISOString(),
  });
  return {
    clock: {
      get: () => call('GET', '/clock'),
      freeze: (instant) => clock('freeze', instant === undefined ? {} : at(instant)),
      set: (instant) => clock('set', at(instant)),
      advance: (duration) => clock('advance', { duration }),
      run: () => clock('run'),
      reset: () => clock('reset'),
    },
    faults: {
      set: (...faults) => call('PUT', '/faults', faults),
      list: () => call('GET', '/faults'),
      clear: async () => {
        await call('PUT', '/faults', []);
      },
    },
    requests: {
      list: () => call('GET', '/requests'),
      get: (id) => call('GET', `/requests/${encodeURIComponent(id)}`),
      find: (expectation) => call('POST', '/requests/find', expectation),
      count: async (expectation) =>
        (await call<{ count: number }>('POST', '/requests/count', expectation)).count,
      nearMisses: (expectation) => call('POST', '/requests/near-misses', expectation),
      clear: () => call('DELETE', '/requests'),
    },
    seed: (seed) => call('PUT', '/seed', seed),
    reset: (to) => call('POST', '/reset', to === undefined ? {} : { to }),
    snapshot: async (name = randomUUID()) => {
      const path = `/snapshots/${encodeURIComponent(name)}`;
      const taken = await call<SnapshotState>('POST', path);
      return {
        ...taken,
        restore: () => call('POST', `${path}/restore`),
        delete: () => call('DELETE', path),
      };
    },
    verify: async (expectation) => {
      const result = await call<VerificationResult>('POST', '/verify', expectation);
      if (result.verified) return result;
      throw new LatchkeyError(200, result.message);
    },
    report: async () => (await call<{ report: string }>('GET', '/report')).report,
  };
}
