/** The last calls: a refused one is found, read, and copied as a command. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { callAccount } from '../harness/soap-call';
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { heading, navigation, rows, settled, signIn } from './pages';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
  const parts =
    '<account><merchantAccountId>nobody</merchantAccountId></account>' +
    '<merchantEntitlementId>bac</merchantEntitlementId>';
  await callAccount(stage.url, 'isEntitled', parts, { login: 'demo', password: 'demo' });
}, 120_000);

afterAll(() => stage.end());

test('what is copied sends the same again, whatever clients sent', async () => {
  const note = `it's $HOME \`id\` \\`;
  const path = '/v1/users/grant-user-offer-by-mail?page=[1-3]';
  const body = JSON.stringify({ email: 'ada@example.com', orderId: note });
  const headers = { 'X-API-KEY': 'lk_demo', 'Content-Type': 'application/json' };
  await fetch(stage.url + path, { method: 'POST', headers, body });
  const { page, complaints } = await stage.open('desktop');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/console/m/demo/calls');
  await signIn(page);
  const found = rows(page, 'Calls').filter({ hasText: 'POST' });
  await found.first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByText('Copied.').waitFor();
  const command = await page.evaluate<string>('navigator.clipboard.readText()');
  await promisify(execFile)('bash', ['-c', command.replace('***', 'lk_demo')]);
  await page.goto('/console/m/demo/calls');
  await found.nth(1).waitFor();
  expect(await found.count()).toBe(2);
  const sent: string[] = [];
  for (const index of [0, 1]) {
    await found.nth(index).getByRole('link').first().click();
    await page.getByText('As it was sent').first().click();
    sent.push(await page.locator('pre').filter({ hasText: "it's" }).first().innerText());
    await page.goBack();
  }
  const text = expect.stringContaining(JSON.stringify(note)) as unknown;
  expect(sent).toEqual([text, text]);
  expect(complaints).toEqual([]);
}, 120_000);

test('a batch is sent again line by line; a body that is not kept is asked for', async () => {
  const grants = ['b-1', 'b-2'].map((merchantEntitlementId) =>
    JSON.stringify({ action: 'grant', merchantAccountId: 'abc456', merchantEntitlementId }),
  );
  const send = (path: string, type: string, body: string) => {
    const headers = { 'X-API-KEY': 'lk_demo', 'Content-Type': type };
    return fetch(stage.url + path, { method: 'POST', headers, body });
  };
  await (await send('/v1/entitlements:batch', 'application/x-ndjson', grants.join('\n'))).text();
  await send('/v1/users/grant-user-offer-by-mail', 'application/json', '{"password": "hunter2"');
  const { page, complaints } = await stage.open('desktop');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/console/m/demo/calls');
  await signIn(page);
  await navigation(page).waitFor();
  const copied = async (call: string) => {
    await page.goto('/console/m/demo/calls');
    await rows(page, 'Calls').getByRole('link', { name: call }).first().click();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied.').waitFor();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    return command.replace('***', 'lk_demo');
  };
  const batch = await copied('POST /entitlements:batch');
  const answer = await promisify(execFile)('bash', ['-c', batch]);
  expect(answer.stdout.match(/"status":200/g)).toHaveLength(2);

  const refused = await copied('POST /users/grant-user-offer-by-mail');
  expect(await page.getByText('it is not kept.').isVisible()).toBe(true);
  expect(refused).toMatch(/^# The body was not kept: .*\n/);
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-curl-'));
  const run = () => promisify(execFile)('bash', ['-c', refused], { cwd: folder });
  // Nothing is sent without it.
  await expect(run()).rejects.toMatchObject({ code: 26 });
  writeFileSync(join(folder, 'request-body'), '{');
  expect((await run()).stdout).toContain('not JSON');
  rmSync(folder, { recursive: true });
  expect(complaints).toEqual([]);
}, 120_000);

test.each(STORY_LOOKS)(
  'from the list to one of them, %s',
  async (look) => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo');
    await signIn(page);
    await navigation(page).getByRole('link', { name: 'Calls' }).click();
    await heading(page, 'Calls').waitFor();
    await page.getByLabel('Operation').fill('entitled');
    await page.getByRole('button', { name: 'Look' }).click();
    const found = rows(page, 'Calls');
    await found.first().waitFor();
    expect(await found.count()).toBe(1);
    expect(await found.first().innerText()).toContain('400');
    await page.getByLabel('From', { exact: true }).fill('2020-01-01T01:00');
    await page.getByLabel('To', { exact: true }).fill('2020-02-01T00:30');
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('No call that is kept is like this.').waitFor();
    // The browser's zone is an hour from UTC then.
    expect(new URL(page.url()).searchParams.get('from')).toBe('2020-01-01T00:00:00.000Z');
    await page.reload();
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('2020-02-01T00:30');
    await page.getByLabel('To', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Look' }).click();
    await found.first().waitFor();
    expect(await found.count()).toBe(1);
    await found.first().getByRole('link', { name: 'Account.isEntitled' }).click();
    await heading(page, 'Account.isEntitled').waitFor();
    await settled(page);
    // In words, and raw.
    expect(await page.getByRole('region', { name: 'Reply', exact: true }).innerText()).toMatch(
      /returnCode\s+400\s+returnString\s+Account not found\./,
    );
    for (const raw of await page.getByText('As it was sent').all()) await raw.click();
    const text = await page.locator('main').innerText();
    expect(text).toContain('merchantAccountId');
    expect(text).toContain('<password>***</password>');
    expect(text).toContain('<returnCode>400</returnCode>');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page
      .getByText('curl --globoff --request POST')
      .or(page.getByText('Copied.'))
      .first()
      .waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  },
  240_000,
);

test.each(STORY_LOOKS)(
  'a call that is kept no more still says what it changed, %s',
  async (look) => {
    const { page, complaints } = await stage.open(look);
    await page.goto('/console/m/demo/accounts/jon.archer');
    await signIn(page);
    const refunded = rows(page, 'Ledger').filter({ hasText: 'Ticket 4588' });
    await refunded.first().waitFor();
    // Of the demo's year nothing is kept but the ledger.
    await refunded.first().locator('a.id').click();
    await heading(page, 'Call').waitFor();
    await page.getByText('Its request and reply are not kept').waitFor();
    const changed = rows(page, 'What it changed');
    await changed.first().waitFor();
    expect(await changed.count()).toBe(2);
    expect(await changed.first().innerText()).toContain('Ticket 4588');
    expect([await axe(page), await overflow(page)]).toEqual([[], 0]);
    expect(complaints).toEqual([]);
  },
  120_000,
);
