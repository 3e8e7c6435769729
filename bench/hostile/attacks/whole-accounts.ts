/** Calls that change all that an account has, of accounts with very many entitlements. */
import type { Attack } from '../attack';
import { counted } from '../sending';
import { call, fill, rest, workDone } from '../tenant';
import { filler } from './large-replies';

const ENTITLEMENTS = 100_000;

const account = (part: string, id: string) =>
  `<${part}><merchantAccountId>${id}</merchantAccountId></${part}>`;

export const wholeAccounts: Attack = {
  name: 'whole-accounts',
  title: `two accounts of ${ENTITLEMENTS.toLocaleString('en')} entitlements: one transferred, one revoked and erased`,
  prepare: async (database) => {
    await filler({ moved: ENTITLEMENTS, gone: ENTITLEMENTS })(database);
    await fill(database, 0, () => Promise.resolve());
  },
  run: async (target) => {
    const names = account('targetAccount', 'account-00001') + account('sourceAccount', 'moved');
    const statuses = [await call(target, 'Account', 'transfer', names)];
    const path = '/accounts/gone/personal-data?revoke=true';
    statuses.push((await rest(target, 'DELETE', path)).status);
    return `${counted(statuses)}; ${await workDone(target)}`;
  },
};
