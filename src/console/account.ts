/** An account as its page shows it, with what belongs to it, page by page. */
import { z } from 'zod';
import { ACTIVE_AUTO_BILL, AutoBill, presentAutoBill } from '../api/auto-bills';
import { ACTIVE_ORDER, CREATED, USER_ID } from '../api/examples';
import { presentOrders } from '../api/present';
import { accountInput, Order } from '../api/schemas';
import { toIso } from '../base/iso';
import { unknownAccount } from '../orders/refusals';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import { badPlace, cut, nextPage, PageQuery } from '../rest/paging';
import type { Reader, StoredAccount } from '../store/store';
import { requireAccount } from '../support/find-accounts';
import { type ConsoleRoute, defineConsole } from './context';
import { nameAccount, NamedAccount } from './found';

const tag = 'Accounts';

/** The most forerunners that are named. */
const MOST_FORERUNNERS = 100;

const text = z.string().optional();
const Params = z.object({ account: accountInput });

const WholeAccount = NamedAccount.extend({
  externalId: text,
  company: text,
  language: text,
  currency: text,
  createdAt: momentOutput,
  parent: NamedAccount.optional(),
  hasChildren: z.boolean(),
  successor: NamedAccount.optional().meta({
    description: 'The account that got what this one had.',
  }),
  forerunners: z.array(NamedAccount).meta({
    description: `Those that were merged into this one, or whose access it got; ${MOST_FORERUNNERS} at most.`,
  }),
  address: z
    .object({
      ...{ name: text, addr1: text, addr2: text, addr3: text, city: text, district: text },
      ...{ postalCode: text, country: text, phone: text },
    })
    .optional(),
  nameValues: z.array(z.object({ name: text, value: text })),
  erasures: z.array(z.object({ at: momentOutput, by: z.string() })).meta({
    description: 'Its personal data were erased then.',
  }),
}).meta({ id: 'WholeAccount' });

const get = defineConsole({
  method: 'get',
  path: '/accounts/{account}',
  name: 'getAccount',
  summary: 'Get an account with its family and address',
  tag,
  params: Params,
  answers: { 200: { description: 'The account.', schema: WholeAccount } },
  example: {
    params: { account: 'ada@example.com' },
    answer: ok<z.input<typeof WholeAccount>>({
      VID: USER_ID,
      merchantAccountId: 'ada@example.com',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      createdAt: CREATED,
      hasChildren: false,
      forerunners: [],
      nameValues: [],
      erasures: [],
    }),
  },
  refusals: [404],
  refusalExamples: { 404: unknownAccount('ada@example.com').message },
  access: 'read',
  handle: async ({ reader, input }) => {
    const unit = await reader();
    return ok(await present(unit, await requireAccount(unit, input.params.account)));
  },
});

async function present(
  reader: Reader,
  account: StoredAccount,
): Promise<z.input<typeof WholeAccount>> {
  const { id, parentMerchantAccountId: parentId, merchantAccountId } = account;
  const parent =
    parentId === undefined ? undefined : await reader.findAccountByMerchantAccountId(parentId);
  const successor = await reader.findSuccessor(id);
  const address = await reader.findAddress(id);
  const erasures = await reader.erasures.listOf(id);
  return {
    ...nameAccount(account),
    externalId: account.externalId,
    company: account.company,
    language: account.preferredLanguage,
    currency: account.defaultCurrency,
    createdAt: toIso(account.createdAt),
    parent: parent && nameAccount(parent),
    hasChildren: merchantAccountId !== undefined && (await reader.hasChildren(merchantAccountId)),
    successor: successor && nameAccount(successor),
    forerunners: (await reader.listForerunners(id, MOST_FORERUNNERS)).map(nameAccount),
    address: address && {
      name: address.name,
      addr1: address.addr1,
      addr2: address.addr2,
      addr3: address.addr3,
      city: address.city,
      district: address.district,
      postalCode: address.postalCode,
      country: address.country,
      phone: address.phone,
    },
    nameValues: (await reader.listNameValues(id)).map(({ name, value }) => ({ name, value })),
    erasures: erasures.map(({ at, actor }) => ({ at: toIso(at), by: actor })),
  };
}

/** Where a page of rows begins. @throws Refusal 400 for what no page gave out */
function rowAfter(lastLoadedId: string | undefined): number {
  if (lastLoadedId !== undefined && !/^\d{1,15}$/.test(lastLoadedId)) throw badPlace();
  return Number(lastLoadedId ?? 0);
}

const rowOf = ({ id }: { readonly id: number }) => String(id);

const listChildren = defineConsole({
  method: 'get',
  path: '/accounts/{account}/children',
  name: 'listChildren',
  summary: 'List the children of an account, in the order in which they were made',
  tag,
  params: Params,
  query: PageQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({ accounts: z.array(NamedAccount), next_page: nextPage })
        .meta({ id: 'AccountPage' }),
    },
  },
  example: {
    params: { account: 'ada@example.com' },
    query: { pageLength: '50' },
    answer: ok({ accounts: [{ VID: USER_ID, merchantAccountId: 'ada-2' }], next_page: null }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ reader, input: { params, query } }) => {
    const unit = await reader();
    const { merchantAccountId } = await requireAccount(unit, params.account);
    const part = { after: rowAfter(query.lastLoadedId), limit: query.pageLength + 1 };
    const found =
      merchantAccountId === undefined ? [] : await unit.listChildren(merchantAccountId, part);
    const page = cut(found, query.pageLength, rowOf);
    return ok({ accounts: page.rows.map(nameAccount), next_page: page.next });
  },
});

const listOrders = defineConsole({
  method: 'get',
  path: '/accounts/{account}/orders',
  name: 'listOrdersOfAccount',
  summary: 'List the orders of an account, in the order in which they were made',
  tag,
  params: Params,
  query: PageQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z.object({ orders: z.array(Order), next_page: nextPage }).meta({ id: 'OrderPage' }),
    },
  },
  example: {
    params: { account: 'ada@example.com' },
    query: { pageLength: '50' },
    answer: ok({ orders: [ACTIVE_ORDER], next_page: null }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ reader, input: { params, query } }) => {
    const unit = await reader();
    const { id: accountId } = await requireAccount(unit, params.account);
    const part = { after: rowAfter(query.lastLoadedId), limit: query.pageLength + 1 };
    const found = await unit.orders.listOrders({ ...part, accountId, state: undefined });
    const page = cut(found, query.pageLength, rowOf);
    const orders = await presentOrders(unit, page.rows, unit.now());
    return ok({ orders, next_page: page.next });
  },
});

const listAutoBills = defineConsole({
  method: 'get',
  path: '/accounts/{account}/auto-bills',
  name: 'listAutoBillsOfAccount',
  summary: 'List the AutoBills of an account, in the order in which they were made',
  tag,
  params: Params,
  query: PageQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({ autoBills: z.array(AutoBill), next_page: nextPage })
        .meta({ id: 'AutoBillPage' }),
    },
  },
  example: {
    params: { account: 'ada@example.com' },
    query: { pageLength: '50' },
    answer: ok({ autoBills: [ACTIVE_AUTO_BILL], next_page: null }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ reader, workOf, input: { params, query } }) => {
    const unit = await reader();
    const { id } = await requireAccount(unit, params.account);
    const part = { after: rowAfter(query.lastLoadedId), limit: query.pageLength + 1 };
    const page = cut(await unit.autoBills.listByAccount(id, part), query.pageLength, rowOf);
    const autoBills: Array<z.input<typeof AutoBill>> = [];
    for (const autoBill of page.rows) {
      autoBills.push(await presentAutoBill(unit, autoBill, workOf(unit)));
    }
    return ok({ autoBills, next_page: page.next });
  },
});

/** In the order in which they are listed. */
export const ACCOUNT_ROUTES: readonly ConsoleRoute[] = [
  get,
  listChildren,
  listOrders,
  listAutoBills,
];
