/** Every screen: nothing that axe finds, nothing wider than the window, no complaint of the browser, no request elsewhere, none that fails. */
import { ALL_LOOKS, axe, overflow, type Stage, startStage } from './browser';
import { navigation, settled, signIn } from './pages';

/** The screens by their addresses under /console/m/demo, and a heading of each. */
const SCREENS: ReadonlyArray<readonly [address: string, heading: string]> = [
  ['', 'Overview'],
  ['/search?text=xyz', '“xyz”'],
  ['/accounts/abc456', 'abc456'],
  ['/calls', 'Calls'],
  ['/events', 'Events'],
  ['/events/webhooks', 'Events'],
  ['/events/push', 'Events'],
  ['/catalogue/offers', 'Catalogue'],
  ['/catalogue/products', 'Catalogue'],
  ['/catalogue/plans', 'Catalogue'],
  ['/settings/keys', 'Settings'],
  ['/settings/limits', 'Settings'],
  ['/settings/people', 'Settings'],
  ['/settings/merchants', 'Settings'],
  ['/settings/versions', 'Settings'],
  ['/settings/health', 'Settings'],
  ['/settings/check', 'Settings'],
  ['/simulation/clock', 'Simulation'],
  ['/simulation/faults', 'Simulation'],
  ['/simulation/journal', 'Simulation'],
  ['/no-such-screen', 'There is no such screen'],
];

let stage: Stage;

beforeAll(async () => {
  stage = await startStage('--simulate');
}, 120_000);

afterAll(() => stage.end());

test.each(ALL_LOOKS)(
  'all of them, %s',
  async (look) => {
    const { page, complaints, refusals } = await stage.open(look);
    await page.goto('/console');
    await signIn(page);
    await navigation(page).waitFor();
    const found: Record<string, unknown> = {};
    for (const [address, heading] of SCREENS) {
      await page.goto(`/console/m/demo${address}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await settled(page);
      const wrong = await axe(page);
      const wider = await overflow(page);
      if (wrong.length > 0 || wider > 0) found[address] = { wrong, wider };
    }
    expect(found).toEqual({});
    expect([complaints, refusals]).toEqual([[], []]);
  },
  480_000,
);
