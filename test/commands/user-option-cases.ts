/** What each option of `latchkey user` shows. `ada` is a user. */
import type { Commands } from './option-case';

export const USER_CASES: Readonly<Record<string, Commands>> = {
  'user add': {
    args: ['eve', '--role', 'viewer'],
    options: {
      '--role': { from: ['eve'], give: ['admin'], shows: /role +admin\n/, alone: true },
      '--password-stdin': { give: [], shows: /merchants +all\n$/ },
    },
  },
  'user list': { args: [] },
  'user change': {
    args: ['ada', '--role', 'viewer'],
    options: {
      '--role': { from: ['ada', '--all-merchants'], give: ['support'], shows: /role +support\n/ },
      '--all-merchants': { give: [], shows: /merchants +all\n/ },
      '--password': { give: [], shows: /password +[\w-]{24}\n/ },
      '--password-stdin': { from: ['ada'], give: [], shows: /role +admin\n/ },
    },
  },
  'user remove': { args: ['ada'] },
};
