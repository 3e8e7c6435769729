/** A day of a tester in a browser: clock, snapshot, fault and journal of a simulation; on a desktop and on a narrow screen. */
import { callService } from '../harness/soap-call';
import { axe, overflow, type Stage, startStage, STORY_LOOKS } from './browser';
import { accessTo, ask, dialogWith, heading, navigation, rows, settled, signIn } from './pages';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage('--simulate');
}, 120_000);

afterAll(() => stage.end());

const DEMO = { login: 'demo', password: 'demo' };

/** A call of a client under test. */
const call = (operation: string, entitlement: string) =>
  callService(
    'Account',
    stage.url,
    operation,
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
      `<merchantEntitlementId>${entitlement}</merchantEntitlementId>`,
    DEMO,
  );

describe.each(STORY_LOOKS)('%s', (look) => {
  test('a snapshot, a fault, the journal, time that passes, and all put back', async () => {
    const { page, complaints } = await stage.open(look);
    const sound = async () => {
      await settled(page);
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    };
    await page.goto('/console/m/demo/simulation/clock');
    await signIn(page);
    await heading(page, 'Simulation').waitFor();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('frozen').waitFor();
    await page.getByLabel('Name').fill(look);
    await page.getByRole('button', { name: 'Keep as a snapshot' }).click();
    await rows(page, 'Snapshots').filter({ hasText: look }).waitFor();
    await sound();

    await page.goto('/console/m/demo/simulation/faults');
    await page.getByRole('button', { name: 'Add a fault' }).click();
    const dialog = dialogWith(page, 'Add a fault');
    await dialog.getByLabel('Operation').fill('revokeEntitlement');
    await dialog.getByLabel('Code').fill('500');
    await sound();
    await dialog.getByRole('button', { name: 'Add' }).click();
    await rows(page, 'Faults').filter({ hasText: 'revokeEntitlement' }).waitFor();
    expect((await call('revokeEntitlement', 'bac')).returnCode).toBe('500');
    expect((await call('revokeEntitlement', 'bac')).returnCode).toBe('200');
    await ask(page, rows(page, 'Faults').filter({ hasText: 'revokeEntitlement' }), 'Take away');
    await page.getByText('Nothing goes wrong on purpose.').waitFor();

    await page.goto('/console/m/demo/simulation/journal');
    const request = rows(page, 'Requests').filter({ hasText: 'revokeEntitlement' });
    await request.filter({ hasText: '500' }).first().waitFor();
    await sound();
    await request.filter({ hasText: '500' }).first().getByRole('link').click();
    await page.getByText('xyz123').first().waitFor();
    await sound();

    await page.goto('/console/m/demo/simulation/clock');
    await page.getByRole('button', { name: 'A day on' }).click();
    await page.getByText(/fell due meanwhile/).waitFor();
    await sound();
    await page.goto('/console/m/demo/accounts/xyz123');
    await accessTo(page, 'bac').getByText('No access').waitFor();

    await page.goto('/console/m/demo/simulation/clock');
    await ask(page, rows(page, 'Snapshots').filter({ hasText: look }), 'Put back');
    await navigation(page).waitFor();
    await page.getByRole('button', { name: "Back to the machine's time" }).click();
    await page.getByText('running').waitFor();
    await page.goto('/console/m/demo/accounts/xyz123');
    await accessTo(page, 'bac').getByText('Access', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  }, 240_000);
});
