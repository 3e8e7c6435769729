/** AutoBill.update: starts a subscription, or changes one. */
import type { AutoBill, AutoBillOperations } from '../../contract/types.generated';
import { type Handler, workOf } from '../call';
import { oneOf } from '../../contract/one-of';
import { AUTO_BILL } from '../returns';
import { refuseCampaigns } from './campaigns';
import { loadAutoBill } from './present';
import { saveAutoBill } from './save';
import { transactUnlessDry } from './dry-run';

/** The elements that versions before 9.0 require in the reply. */
interface OlderOutput {
  readonly created: boolean;
}

/** Versions from 25.0 on may give this: an AutoBill that starts when `activate` is called. */
interface NewerAutoBill extends AutoBill {
  readonly unknownStart?: boolean;
}

/**
 * Account, product and billing plan that aren't there yet are made (documented for the account);
 * those that are there stay as they are. There are no payments: no policy about them has an effect.
 * A dry run keeps nothing; the AutoBill that it shows has the status Dryrun (documented).
 * @throws Refusal `AutoBill not specified.` · `Base Account not specified.` · `… not specified.` of
 *   what must be there · what account, products and plan are refused for · `Unable to load …` when
 *   it names one that isn't there · `Unable to save AutoBill: ….`
 */
export const update: Handler<AutoBillOperations['update']> = async (call) => {
  const { autobill: given, campaignCode, dryrun } = call.input;
  if (!given) throw AUTO_BILL.notSpecified();
  // Without `activate` it would never start, and started at once it would give access too early.
  if ((given as NewerAutoBill).unknownStart) {
    throw AUTO_BILL.notSaved('unknownStart is not implemented');
  }
  refuseCampaigns(given, campaignCode);
  return transactUnlessDry(call, dryrun, async (unit) => {
    const { autoBill, created } = await saveAutoBill(unit, given, workOf(call, unit));
    const loaded = await loadAutoBill(unit, autoBill, call);
    const autobill =
      loaded && dryrun && created ? { ...loaded, status: oneOf('Dryrun', 'Active') } : loaded;
    const output: AutoBillOperations['update']['output'] & OlderOutput = { autobill, created };
    return output;
  });
};
