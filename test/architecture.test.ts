/** Who may import whom in src/, and how long a file may be. */
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ANYTHING, type Rule, RULES } from '../scripts/import-rules';
import { importsOf, listFiles, read } from './harness/imports';
import { ROOT } from './harness/server';

/** No program that is shipped leans on what is there to build and prove it. */
const NOT_SHIPPED = ['test', 'bench', 'scripts', 'examples'];

const MAX_LINES = 300;

/** `src/soap/fault.ts` → `soap`, `src/app.ts` → `.`. */
function areaOf(path: string): string {
  return posix.relative('src', posix.dirname(path)).split('/')[0] || '.';
}

/** The forbidden imports of a file of src/, one line each. */
function findForbidden(path: string, text: string): string[] {
  const area = areaOf(path);
  const rule = RULES[area];
  if (!rule) return [`${path}: no rule says what src/${area} may import`];
  return importsOf(path, text).flatMap(({ specifier, typeOnly }) => {
    if (!specifier.startsWith('.')) return [];
    const target = posix.join(posix.dirname(path), specifier);
    return mayImport(path, rule, target, typeOnly) ? [] : [`${path} imports ${specifier}`];
  });
}

function mayImport(importer: string, rule: Rule, target: string, typeOnly: boolean): boolean {
  const area = areaOf(importer);
  const [top = '', folder = ''] = target.split('/');
  const anything = rule.values.includes(ANYTHING);
  if (top !== 'src') return anything && !NOT_SHIPPED.includes(top);
  const targetArea = areaOf(target);
  // The interface of the store knows no driver, but for the file that picks one.
  const driver = /^src\/store\/\w+\//;
  if (importer !== 'src/store/open.ts' && area === 'store' && !driver.test(importer)) {
    if (driver.test(target)) return false;
  }
  if (anything || targetArea === area) return true;
  // Only the wiring knows which database it is.
  if (/^src\/store\/\w+\//.test(target)) return false;
  return rule.values.includes(folder) || (typeOnly && rule.types.includes(folder));
}

test('src/: every file imports only what its folder may', () => {
  const files = listFiles('src');
  expect(files).toEqual(expect.arrayContaining(['src/app.ts', 'src/store/sqlite/reader.ts']));
  expect(files.flatMap((path) => findForbidden(path, read(path)))).toEqual([]);
});

test(`no file has more than ${MAX_LINES} lines`, () => {
  const folders = ['src', 'web', 'test', 'bench', 'scripts'];
  const files = folders.filter((folder) => existsSync(join(ROOT, folder))).flatMap(listFiles);
  const long = files.filter((path) => read(path).trimEnd().split('\n').length > MAX_LINES);
  expect(long.filter((path) => !path.endsWith('.generated.ts'))).toEqual([]);
});

describe('the rules refuse', () => {
  test.each([
    ['src/soap/x.ts', "import { noMatch } from '../cashbox/returns';"],
    ['src/soap/x.ts', "import type { Store } from '../store/store';"],
    ['src/soap/x.ts', "import { readSettings } from '../config/settings';"],
    ['src/soap/x.ts', "export { noMatch } from '../cashbox/returns';"],
    ['src/soap/x.ts', "const { noMatch } = await import('../cashbox/returns');"],
    ['src/soap/x.ts', "const { noMatch } = require('../cashbox/returns');"],
    ['src/soap/x.ts', "import returns = require('../cashbox/returns');"],
    ['src/soap/x.ts', "type Handler = import('../cashbox/call').Handler;"],
    ['src/cashbox/account/x.ts', "import { parseXml } from '../../soap/parser';"],
    ['src/cashbox/account/x.ts', "import { readSettings } from '../../config/settings';"],
    ['src/cashbox/x.ts', "import { openSqliteStore } from '../store/sqlite/sqlite-store';"],
    ['src/orders/x.ts', "import { noMatch } from '../cashbox/returns';"],
    ['src/orders/x.ts', "import { ApiError } from '../rest/api-error';"],
    ['src/orders/x.ts', "import type { Route } from '../rest/route';"],
    ['src/orders/x.ts', "import { presentOrder } from '../api/present';"],
    ['src/rest/x.ts', "import { StoreError } from '../store/store';"],
    ['src/rest/x.ts', "import type { Merchant } from '../store/store';"],
    ['src/rest/x.ts', "import type { Caller } from '../access/authenticate-key';"],
    ['src/rest/x.ts', "import { ROUTES } from '../api/routes';"],
    ['src/api/x.ts', "import type { Account } from '../contract/types.generated';"],
    ['src/api/x.ts', "import { noMatchBy } from '../cashbox/returns';"],
    ['src/health/x.ts', "import { createDateTimeFormat } from '../soap/date-time';"],
    ['src/ledger/x.ts', "import { loadContract } from '../contract/contract';"],
    ['src/access/x.ts', "import { wrongKey } from '../rest/api-error';"],
    ['src/access/x.ts', "import { SoapFault } from '../soap/fault';"],
    ['src/access/x.ts', "import { permissionDenied } from '../cashbox/returns';"],
    ['src/access/x.ts', "import type { Authentication } from '../contract/types.generated';"],
    ['src/base/x.ts', "import type { ReturnCode } from '../contract/types.generated';"],
    ['src/config/x.ts', "import { createAddressOf } from '../access/client-address';"],
    ['src/ledger/x.ts', "import { noMatch } from '../cashbox/returns';"],
    ['src/entitlements/x.ts', "import { recordChange } from '../ledger/record-change';"],
    ['src/store/x.ts', "import { isActive } from '../entitlements/entitlement';"],
    ['src/store/x.ts', "import { type Source, isActive } from '../entitlements/entitlement';"],
    ['src/store/sqlite/x.ts', "export * from '../../contract/model';"],
    ['src/store/x.ts', "import '../contract/model';"],
    ['src/store/x.ts', "import type { Query } from './sqlite/query';"],
    ['src/contract/x.ts', "import type { Source } from '../entitlements/entitlement';"],
    ['src/entitlements/x.ts', "import type { Account } from '../contract/types.generated';"],
    ['src/entitlements/x.ts', "import { version } from '../../package.json';"],
    ['src/app.ts', "import { NOW } from '../test/harness/server';"],
    ['src/commands/x.ts', "import { render } from '../../scripts/render-types';"],
    ['src/unruled/x.ts', ''],
  ])('%s: %s', (path, text) => {
    expect(findForbidden(path, text)).toHaveLength(1);
  });
});

describe('the rules allow', () => {
  test.each([
    ['src/app.ts', "import { openSqliteStore } from './store/sqlite/sqlite-store';"],
    ['src/cli.ts', "import { version } from './base/package';"],
    ['src/commands/x.ts', "import { createDateTimeFormat } from '../soap/date-time';"],
    ['src/soap/x.ts', "import { Refusal } from '../base/refusal';"],
    ['src/soap/x.ts', "import { SoapFault } from './fault'; import { pino } from 'pino';"],
    ['src/cashbox/account/x.ts', "import { StoreError } from '../../store/store';"],
    ['src/cashbox/account/x.ts', "import { isActive } from '../../entitlements/entitlement';"],
    ['src/orders/x.ts', "import { recordChange } from '../ledger/record-change';"],
    ['src/store/open.ts', "import { createSqliteDatabase } from './sqlite/database';"],
    ['src/store/sqlite/x.ts', "import { guarded } from './guarded';"],
    ['src/store/sqlite/x.ts', "import type { Source } from '../../entitlements/entitlement';"],
    ['src/store/x.ts', "export type { Source } from '../entitlements/entitlement';"],
    ['src/store/x.ts', "type Source = import('../entitlements/entitlement').Source;"],
  ])('%s: %s', (path, text) => {
    expect(findForbidden(path, text)).toEqual([]);
  });
});
