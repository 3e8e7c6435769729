/** The products of a merchant's catalogue: looked at, made and changed by the rules of Product.update. */
import { z } from 'zod';
import { conflict } from '../base/refusal';
import { cut } from '../base/quote';
import { lookUpByVid } from '../cashbox/catalogue/look-up';
import { PRODUCTS } from '../cashbox/catalogue/kinds';
import { updateProduct } from '../cashbox/catalogue/update';
import type { Product as Values } from '../contract/types.generated';
import { ok } from '../rest/ok';
import { nextPage, PageQuery } from '../rest/paging';
import type { CatalogueReader, StoredProduct } from '../store/catalogue';
import {
  descriptionInput,
  EXAMPLE_ITEM,
  hasAny,
  Item,
  ItemInput,
  ItemParams,
  listItems,
  presentItem,
  toEntitlementIds,
} from './catalogue';
import { type ConsoleContext, type ConsoleRoute, defineConsole } from './context';

const tag = 'Catalogue';

const Product = Item.extend({
  descriptions: z.array(z.object({ language: z.string(), description: z.string() })),
}).meta({ id: 'Product' });

const PRODUCT = { 200: { description: 'The product.', schema: Product } };

const NEWS: z.input<typeof Product> = {
  ...EXAMPLE_ITEM,
  entitlements: [...EXAMPLE_ITEM.entitlements],
  descriptions: [{ language: 'EN', description: 'The newspaper' }],
};

const ProductInput = ItemInput.extend({
  descriptions: z
    .array(
      z.object({
        language: z.string().min(1, 'must not be empty').max(20).meta({ example: 'EN' }),
        description: descriptionInput,
      }),
    )
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'One for each language; they replace those that there are.' }),
});

const ProductChange = ProductInput.partial();

const productExists = (id: string) => conflict(`There is a product ${cut(id)} already.`);

const list = defineConsole({
  method: 'get',
  path: '/products',
  name: 'listProducts',
  summary: 'List the products, in the order in which they were made',
  tag,
  query: PageQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({ products: z.array(Product), next_page: nextPage })
        .meta({ id: 'ProductPage' }),
    },
  },
  example: { query: { pageLength: '50' }, answer: ok({ products: [NEWS], next_page: null }) },
  access: 'read',
  handle: async ({ reader, input: { query } }) => {
    const { products } = (await reader()).catalogue;
    const { rows, next } = await listItems((part) => products.listAll(part), query);
    return ok({ products: rows.map(present), next_page: next });
  },
});

const get = defineConsole({
  method: 'get',
  path: '/products/{VID}',
  name: 'getProduct',
  summary: 'Get a product',
  tag,
  params: ItemParams,
  answers: PRODUCT,
  example: { params: { VID: NEWS.VID }, answer: ok(NEWS) },
  refusals: [404],
  refusalExamples: { 404: PRODUCTS.strings.noVid(NEWS.VID).message },
  access: 'read',
  handle: async ({ reader, input: { params } }) => {
    const { catalogue } = await reader();
    return ok(present(await lookUpByVid(PRODUCTS, catalogue, params.VID)));
  },
});

const add = defineConsole({
  method: 'post',
  path: '/products',
  name: 'addProduct',
  summary: 'Make a product',
  tag,
  body: ProductInput,
  answers: PRODUCT,
  example: {
    body: { id: 'news', descriptions: NEWS.descriptions, entitlements: ['news'] },
    answer: ok(NEWS),
  },
  refusals: [409],
  refusalExamples: { 409: productExists('news').message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { body } = call.input;
    return save(call, async ({ products }) => {
      if (await products.findByMerchantId(body.id)) throw productExists(body.id);
      return toValues(body, undefined);
    });
  },
});

const change = defineConsole({
  method: 'patch',
  path: '/products/{VID}',
  name: 'changeProduct',
  summary: 'Change a product, and the access that its running AutoBills give',
  description:
    'The rules are those of Product.update: a field that is absent stays. Where many AutoBills have it, the rest of ' +
    'them follow in the background.',
  tag,
  params: ItemParams,
  body: ProductChange.refine(...hasAny),
  answers: PRODUCT,
  example: {
    params: { VID: NEWS.VID },
    body: { entitlements: ['news', 'archive'] },
    answer: ok({ ...NEWS, entitlements: [{ id: 'news' }, { id: 'archive' }] }),
  },
  refusals: [404],
  refusalExamples: { 404: PRODUCTS.strings.noVid(NEWS.VID).message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { params, body } = call.input;
    return save(call, async (catalogue) => {
      return toValues(body, await lookUpByVid(PRODUCTS, catalogue, params.VID));
    });
  },
});

/** Makes or changes a product in a unit of work. @param prepare what is given of it */
async function save(
  { tools, merchant, workOf }: ConsoleContext,
  prepare: (catalogue: CatalogueReader) => Promise<Values>,
) {
  const { id } = await merchant();
  const item = await tools.store.transact(id, async (unit) => {
    const given = await prepare(unit.catalogue);
    return (await updateProduct(unit, given, workOf(unit))).item;
  });
  return { ...ok(present(item)), changed: { product: item.values.VID } };
}

/** @param known the product that is changed; undefined: it is new */
function toValues(body: z.output<typeof ProductChange>, known: StoredProduct | undefined): Values {
  const { id: merchantProductId, status, descriptions, entitlements } = body;
  const { VID, merchantEntitlementIds: ids } = known?.values ?? {};
  const merchantEntitlementIds = toEntitlementIds(entitlements, ids);
  return { VID, merchantProductId, status, descriptions, merchantEntitlementIds };
}

function present({ values }: StoredProduct): z.input<typeof Product> {
  const descriptions = (values.descriptions ?? []).map(({ language = '', description = '' }) => {
    return { language, description };
  });
  return { ...presentItem(values, values.merchantProductId), descriptions };
}

/** In the order in which they are listed. */
export const PRODUCT_ROUTES: readonly ConsoleRoute[] = [list, get, add, change];
