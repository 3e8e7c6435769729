/** What each option of `latchkey sim` shows. Standard input is `{}`; the server, a simulation with the demo data. */
import type { Case, Commands } from './option-case';

/** Nothing answers there. */
const URL_CASE: Case = {
  give: ['http://127.0.0.1:1'],
  shows: /no reply from http:\/\/127\.0\.0\.1:1; /,
};

const SERVER: Commands['options'] = { '--url': URL_CASE };
const CONTROL: Commands['options'] = {
  ...SERVER,
  '--merchant': { give: ['nobody'], shows: /There is no merchant nobody\./ },
};

const shownBy: Case = { shownBy: 'test/commands/sim.test.ts' };

const control = (args: readonly string[], options: Commands['options'] = {}): Commands => ({
  args,
  options: { ...CONTROL, ...options },
});

const API: Commands['options'] = { '--api': { give: ['sms'], shows: /api must be soap or rest/ } };
const ASKED = ['isEntitled', 'merchantEntitlementId=bac'];

export const SIM_CASES: Readonly<Record<string, Commands>> = {
  'sim merchant add': {
    args: [],
    options: {
      ...SERVER,
      '--password-stdin': { give: [], shows: /password +\{\}\n/ },
      '--scope': { give: ['all'], shows: /scope must be read, write or admin/ },
    },
  },
  'sim merchant list': { args: [], options: SERVER },
  'sim merchant remove': { args: ['none'], options: { ...SERVER, '--json': shownBy } },
  'sim clock show': control([]),
  'sim clock freeze': control([]),
  'sim clock set': control(['2099-01-01T00:00:00Z']),
  'sim clock advance': control(['PT0S']),
  'sim clock run': control([]),
  'sim clock reset': control([], { '--json': shownBy }),
  'sim seed': control(['-']),
  'sim seed-schema': { args: [], options: SERVER },
  'sim reset': control([], { '--empty': shownBy }),
  'sim snapshot list': control([], { '--json': shownBy }),
  'sim snapshot add': control(['paid']),
  'sim snapshot restore': control(['none'], { '--json': shownBy }),
  'sim snapshot remove': control(['none'], { '--json': shownBy }),
  'sim faults list': control([], { '--json': shownBy }),
  'sim faults set': control(['-'], { '--merchant': shownBy, '--json': shownBy }),
  'sim faults clear': control([], { '--json': shownBy }),
  'sim faults strings': { args: [], options: SERVER },
  'sim requests list': control([], {
    '--operation': shownBy,
    '--soap-id': shownBy,
    '--since': { give: ['soon'], shows: /since must be a moment/ },
    '--limit': { give: ['0'], shows: /limit must be/ },
    '--json': shownBy,
  }),
  'sim requests show': control(['none'], { '--json': shownBy }),
  'sim requests find': control(ASKED, { ...API, '--json': shownBy }),
  'sim requests count': control(ASKED, API),
  'sim requests near-misses': control(ASKED, { ...API, '--json': shownBy }),
  'sim requests clear': control([]),
  'sim report': control([]),
  'sim verify': control(ASKED, {
    ...API,
    '--count': { give: ['7'], shows: /Expected exactly 7,/ },
    '--at-least': { give: ['3'], shows: /Expected at least 3,/ },
    '--never': { give: [], shows: /as expected: none/ },
    '--within': { give: ['soon'], shows: /within must be an ISO 8601 duration/ },
  }),
};
