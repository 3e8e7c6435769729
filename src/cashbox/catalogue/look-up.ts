/** The look-ups that products and billing plans have alike. */
import { unevenPagesOf } from '../../base/pages';
import type { Refusal } from '../../base/refusal';
import type { CatalogueReader, StoredCatalogueItem } from '../../store/catalogue';
import type { Eventually, Page, Reader, RowPart } from '../../store/store';
import { requireIdLength } from '../../grants/id-limit';
import { entitlementIdNotSpecified, notSpecifiedToLoadBy, vidNotSpecified } from '../returns';
import type { CatalogueItem, CatalogueKind } from './kinds';

/** @throws Refusal `Must specify VID to load by!` · the kind's noVid */
export async function lookUpByVid<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  vid: string | undefined,
): Promise<StoredCatalogueItem<Values>> {
  if (!vid) throw vidNotSpecified();
  const item = await kind.reader(catalogue).findByVid(vid);
  if (!item) throw kind.strings.noVid(vid);
  return item;
}

/** Items page by page. */
export type ItemPages<Values extends CatalogueItem> = AsyncGenerator<
  ReadonlyArray<StoredCatalogueItem<Values>>
>;

/** By the merchant's own name. @throws Refusal `Must specify … to load by!` · the kind's noMerchantId */
export async function lookUpByMerchantId<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  catalogue: CatalogueReader,
  id: string | undefined,
): Promise<StoredCatalogueItem<Values>> {
  const { merchantId, strings } = kind;
  if (!id) throw notSpecifiedToLoadBy(merchantId);
  requireIdLength(merchantId, id);
  const item = await kind.reader(catalogue).findByMerchantId(id);
  if (!item) throw strings.noMerchantId(id);
  return item;
}

/** @throws Refusal `Must specify entitlement id.` · the kind's notEntitling */
export async function* lookUpByEntitlementId<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  reader: Reader,
  id: string | undefined,
): ItemPages<Values> {
  if (!id) throw entitlementIdNotSpecified();
  requireIdLength('merchantEntitlementId', id);
  const items = kind.reader(reader.catalogue);
  const pages = itemPages<Values>(reader, (part) => items.listByEntitlementId(id, part));
  yield* requireSome(pages, () => kind.strings.notEntitling(id));
}

/** A page of them, in the order in which they were made. @throws Refusal the kind's noneThere */
export async function* listCataloguePage<Values extends CatalogueItem>(
  kind: CatalogueKind<Values>,
  reader: Reader,
  page: Page,
): ItemPages<Values> {
  const items = kind.reader(reader.catalogue);
  const first = await items.findFirst(page);
  if (!first) throw kind.strings.noneThere();
  let left = page.pageSize;
  for await (const rows of itemPages<Values>(reader, (part) => items.listAll(part), first.id - 1)) {
    yield rows.slice(0, left);
    left -= rows.length;
    if (left <= 0) return;
  }
}

/** @param before the row before the first */
export function itemPages<Values extends CatalogueItem>(
  reader: Reader,
  read: (part: RowPart) => Eventually<Array<StoredCatalogueItem<Values>>>,
  before = 0,
): ItemPages<Values> {
  return unevenPagesOf<StoredCatalogueItem<Values>>(
    (last, limit) => read({ after: last?.id ?? before, limit }),
    (rows) => reader.pause(rows),
  );
}

/** The same pages. @param refusal what is thrown where there is none */
export async function* requireSome<Row>(
  pages: AsyncGenerator<readonly Row[]>,
  refusal: () => Refusal,
): AsyncGenerator<readonly Row[]> {
  let any = false;
  for await (const page of pages) {
    any = true;
    yield page;
  }
  if (!any) throw refusal();
}
