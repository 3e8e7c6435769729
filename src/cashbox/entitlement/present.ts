/** Entitlements as a reply shows them, whatever gave them. */
import { listFamily } from '../account/family';
import { partOf, type Selection } from '../../contract/selection';
import type { Entitlement, Timestamp } from '../../contract/types.generated';
import { isActive } from '../../entitlements/entitlement';
import { readSourceId } from '../../subscriptions/keep-auto-bill';
import type { HeldEntitlement, Reader, StoredAccount, StoredEntitlement } from '../../store/store';

/** The element that says in versions before 8.0 where an entitlement comes from; none has it now. */
interface WithSource extends Entitlement {
  readonly source: string;
}

/** An entitlement without whose it is. Guess: `source` in old versions is what gave it. */
export function presentEntitlement(entitlement: StoredEntitlement, now: Timestamp): WithSource {
  return {
    merchantEntitlementId: entitlement.merchantEntitlementId,
    description: entitlement.description,
    startTimestamp: entitlement.start,
    endTimestamp: entitlement.end,
    active: isActive(entitlement, now),
    source: entitlement.source,
  };
}

/** Presents entitlements of whatever source, and looks each AutoBill and product up once. */
export class HeldPresenter {
  private readonly names = new Map<string, Promise<SourceNames>>();
  private readonly wantsAccount: boolean;

  /** @param wanted what of each entitlement is wanted */
  constructor(
    private readonly reader: Reader,
    wanted: Selection,
  ) {
    this.wantsAccount = partOf(wanted, 'account') !== undefined;
  }

  /** An entitlement with what gave it and the single values of its account. */
  async present(entitlement: HeldEntitlement, now: Timestamp): Promise<WithSource> {
    const presented: WithSource = presentEntitlement(entitlement, now);
    if (this.wantsAccount) presented.account = entitlement.account;
    return entitlement.source === 'AutoBill'
      ? { ...(await this.namesOf(entitlement.sourceId)), ...presented }
      : presented;
  }

  private namesOf(sourceId: string): Promise<SourceNames> {
    const names = this.names.get(sourceId) ?? this.lookUp(sourceId);
    this.names.set(sourceId, names);
    return names;
  }

  private async lookUp(sourceId: string): Promise<SourceNames> {
    const { autoBill: autoBillVID, product: productVID } = readSourceId(sourceId);
    const autoBill = await this.reader.autoBills.findByVid(autoBillVID);
    const products = this.reader.catalogue.products;
    const product = productVID === undefined ? undefined : await products.findByVid(productVID);
    return {
      merchantAutoBillId: autoBill?.merchantAutoBillId,
      autoBillVID,
      merchantProductId: product?.values.merchantProductId,
      productVID,
    };
  }
}

type SourceNames = Pick<
  Entitlement,
  'merchantAutoBillId' | 'autoBillVID' | 'merchantProductId' | 'productVID'
>;

interface ListInput {
  readonly showAll?: boolean | undefined;
  readonly includeChildren?: boolean | undefined;
}

/**
 * Lists what an account holds and, where asked for, what its children hold.
 * @param list the entitlements of one account
 * @param isShown whether one is listed that showAll is not asked for
 * @returns undefined when srd wants none of them
 */
export async function listHeld(
  { selection, input }: { selection: Selection; input: ListInput },
  reader: Reader,
  account: StoredAccount,
  {
    list,
    isShown,
  }: {
    readonly list: (accountId: number) => Promise<StoredEntitlement[]>;
    readonly isShown: (entitlement: StoredEntitlement, now: Timestamp) => boolean;
  },
): Promise<Entitlement[] | undefined> {
  const wanted = partOf(selection, 'entitlements');
  if (wanted === undefined) return undefined;
  const owners = await listFamily(reader, account, input.includeChildren);
  const presenter = new HeldPresenter(reader, wanted);
  const now = reader.now();
  const held: Entitlement[] = [];
  for (const owner of owners) {
    for (const entitlement of await list(owner.id)) {
      if (!input.showAll && !isShown(entitlement, now)) continue;
      held.push(await presenter.present({ account: owner, ...entitlement }, now));
    }
  }
  return held;
}
