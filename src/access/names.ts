/** The rule for names that the ledger has as authors: of API keys and of people. */
import { invalid } from '../base/refusal';
import { reservedFor } from '../base/work';

/** Visible characters, for the ledger shows them. */
const NAME = /^[^\p{C}\s](?:[^\p{C}]{0,98}[^\p{C}\s])?$/u;

/** @throws Refusal 400 when a name cannot be one */
export function requireActorName(name: string): void {
  if (!NAME.test(name)) {
    throw invalid('a name has 1 to 100 characters, none of them invisible, no space at its ends');
  }
  const named = reservedFor(name);
  if (named !== undefined) throw invalid(`${name} is how the ledger calls ${named}`);
}
