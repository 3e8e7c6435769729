/** Entitlements as a reply shows them, whatever gave them. */
import { FIRST_PAGE, listOrPages, pagesOf, type ReadAfter } from '../../base/pages';
import { familyPages } from '../account/family';
import { partOf, type Selection } from '../../contract/selection';
import type { Entitlement, Timestamp } from '../../contract/types.generated';
import { isActive } from '../../entitlements/entitlement';
import { readSourceId } from '../../entitlements/source-id';
import type {
  EntitlementPart,
  Eventually,
  HeldEntitlement,
  Reader,
  StoredAccount,
  StoredEntitlement,
} from '../../store/store';

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

/** The sources of which a presenter remembers the names. */
const MOST_NAMES = 1000;

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
    if (this.names.size === MOST_NAMES) this.names.clear();
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

/** Which entitlements are listed. */
interface HeldListing {
  /** Those of one account. */
  readonly list: (accountId: number, part: EntitlementPart) => Eventually<StoredEntitlement[]>;
  /** Whether one is listed that showAll is not asked for. */
  readonly isShown: (entitlement: StoredEntitlement, now: Timestamp) => boolean;
}

/**
 * Lists what an account holds and, where asked for, what its children hold.
 * @returns undefined when srd wants none of them
 */
export async function listHeld(
  { selection, input }: { selection: Selection; input: ListInput },
  reader: Reader,
  account: StoredAccount,
  { list, isShown }: HeldListing,
): Promise<Entitlement[] | undefined> {
  const wanted = partOf(selection, 'entitlements');
  if (wanted === undefined) return undefined;
  const { showAll = false, includeChildren = false } = input;
  const presenter = new HeldPresenter(reader, wanted);
  const now = reader.now();
  const present = async (owner: StoredAccount, entitlements: readonly StoredEntitlement[]) => {
    const held: Entitlement[] = [];
    for (const entitlement of entitlements) {
      if (!showAll && !isShown(entitlement, now)) continue;
      held.push(await presenter.present({ account: owner, ...entitlement }, now));
    }
    return held;
  };
  // Most accounts have few.
  const first = includeChildren
    ? undefined
    : await list(account.id, { after: undefined, limit: FIRST_PAGE });
  if (first && first.length < FIRST_PAGE) return present(account, first);
  const pause = (rows: number) => reader.pause(rows);
  return listOrPages(
    (async function* () {
      for await (const owners of familyPages(reader, account, includeChildren)) {
        for (const owner of owners) {
          const read: ReadAfter<StoredEntitlement> = (after, limit) =>
            list(owner.id, { after, limit });
          for await (const page of pagesOf(read, pause)) yield await present(owner, page);
          await pause(1);
        }
      }
    })(),
  );
}
