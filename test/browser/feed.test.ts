/** The feed as a page begins with it: the latest events, and where the last one is asked for once. */
import { type Stage, startStage } from './browser';
import { heading, rows, signIn } from './pages';

/** Those of before that are shown at the beginning. */
const AT_FIRST = 50;

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 120_000);

afterAll(() => stage.end());

test('the last events, the newest first, by one question for the last number and one for the events', async () => {
  const { page, complaints } = await stage.open('desktop');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const isStream = request.headers().accept === 'text/event-stream';
    if (/^\/(console\/api|v1)\/events/.test(pathname))
      asked.push(`${pathname} ${isStream ? 'stream' : 'once'}`);
    if (pathname === '/v1/events' && !isStream) expect(searchParams.get('after')).not.toBe('0');
  });
  await page.goto('/console/m/demo/events');
  await signIn(page);
  await heading(page, 'Events').waitFor();
  await page.getByText('live', { exact: true }).waitFor();
  expect(asked).toEqual(['/console/api/events/last once', '/v1/events once', '/v1/events stream']);
  const response = await page.request.get('/console/api/events/last', {
    headers: { 'X-Latchkey-Merchant': 'demo' },
  });
  const { last } = (await response.json()) as { last: number };
  const numbers = await rows(page, 'Events').locator('td[data-label="Number"]').allInnerTexts();
  expect(numbers).toEqual(Array.from({ length: AT_FIRST }, (_none, index) => String(last - index)));
  expect(complaints).toEqual([]);
}, 120_000);
