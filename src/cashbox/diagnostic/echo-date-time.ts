/** Diagnostic.echoDateTime: shows which moment the server takes a dateTime for. */
import { SentValue } from '../../contract/sent-value';
import type { DiagnosticOperations, Timestamp } from '../../contract/types.generated';
import type { Call } from '../call';
import { echo } from './echo';

type Echo = DiagnosticOperations['echoDateTime'];

async function asSent({ input }: Call<Echo['input']>): Promise<Echo['output']> {
  const sent = input.clientDateTime as SentValue | undefined;
  return echo('clientDateTime', sent, ({ text, value }) => ({
    // Its text stands in for the moment: a reply writes a text as it is.
    serverEchoOfClientDateTime: text as unknown as Timestamp,
    serverEchoOfClientDateTimeAsInt: BigInt(Math.floor((value as Timestamp) / 1000)),
  }));
}

/**
 * The dateTime comes back as it was sent (documented). As a number it is in whole seconds since 1970.
 * Guess: the contract doesn't say what the number counts.
 * @throws Refusal `clientDateTime not specified.` (decided)
 */
export const echoDateTime = Object.assign(asSent, { takesText: ['clientDateTime'] });
