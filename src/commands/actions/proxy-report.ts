/** The action of `latchkey proxy report`. */
import { readSettings } from '../../config/settings';
import { FINDINGS_PATH } from '../../proxy/findings-page';
import type { Found } from '../../proxy/found';
import { MOST_CALLS } from '../../proxy/limits';
import { renderReport } from '../../proxy/report';
import { ownUrl } from '../own-url';
import { printJson, printText } from '../print';
import { readOrigin } from './other-server';

/** Its options. */
export interface ReportOptions {
  readonly url?: string;
  readonly json?: boolean;
}

/** Prints what a running proxy has found. @throws Error that says what to do when it cannot be asked */
export async function reportFindings({ url, json }: ReportOptions): Promise<void> {
  const { origin } = readOrigin('--url', url ?? ownUrl(readSettings({}, process.env)));
  const found = await readFindings(origin);
  if (json) await printJson(found);
  else await printText(renderReport(found, origin));
}

async function readFindings(origin: string): Promise<Found> {
  const advice = 'start one with latchkey proxy --mode diff, or name it with --url';
  const reply = await fetch(`${origin}${FINDINGS_PATH}?limit=${MOST_CALLS}`).catch(
    (error: unknown) => {
      throw new Error(`no reply from ${origin}; ${advice}`, { cause: error });
    },
  );
  if (reply.status === 403)
    throw new Error(`${origin} shows its findings on its own machine alone`);
  const isFindings = reply.ok && reply.headers.get('content-type')?.startsWith('application/json');
  if (!isFindings) throw new Error(`${origin} is no proxy that compares; ${advice}`);
  return (await reply.json()) as Found;
}
