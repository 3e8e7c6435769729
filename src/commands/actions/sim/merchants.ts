/** The actions of `latchkey sim merchant`. */
import type { MadeMerchant } from '../../../testing/types';
import { printList } from '../../list';
import { printJson, printLine } from '../../print';
import type { ControlOptions } from '../../sim/options';
import { readPassword } from '../read-password';
import { controlServer, printAnswer } from './control';

/** The options of `add`. */
export interface AddOptions extends ControlOptions {
  readonly passwordStdin?: boolean;
  readonly scope?: string;
}

/** Makes a merchant, and prints how it is called and steered. */
export async function addMerchant(login: string | undefined, options: AddOptions): Promise<void> {
  const password = options.passwordStdin ? await readPassword(process.stdin) : undefined;
  const asked = { login, password, scope: options.scope };
  await printAnswer(
    await controlServer<MadeMerchant>(options, 'POST', '/merchants', asked),
    options,
  );
}

/** Prints the logins. */
export async function listMerchants(options: ControlOptions): Promise<void> {
  const found = await controlServer<Array<{ login: string }>>(options, 'GET', '/merchants');
  const columns = { login: ({ login }: { login: string }) => login };
  await printList(found, { columns, toJson: (row) => row }, options);
}

/** Takes a merchant away. */
export async function removeMerchant(login: string, options: ControlOptions): Promise<void> {
  await controlServer(options, 'DELETE', `/merchants/${encodeURIComponent(login)}`);
  if (options.json) await printJson({ login, removed: true });
  else await printLine(`the merchant ${login} is removed`);
}
