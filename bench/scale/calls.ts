/** The kinds of calls that are measured, and what each asks for. */
import type { Request } from './client';
import { END, emailAddress, merchantAccountId, type Population } from './population';

/** The parts of a call. */
interface Draw {
  readonly population: Population;
  /** The account it is about: each kind takes every account once before it takes one again. */
  readonly number: number;
  /** How many calls of its kind went before it. */
  readonly count: number;
}

/** A kind of call: its name in the table, and its requests. */
export interface Kind {
  readonly name: string;
  readonly request: (draw: Draw) => Request;
}

const HOUR = 3600 * 1000;

/** How many the listings answer in a page; and how many at most. */
const PAGE_SIZE = 100;
const LARGEST_PAGE = 1000;

/** The round of grants whose changes are listed. */
const LISTED_ROUND = 2;

const xml = (name: string, ...content: string[]) => `<${name}>${content.join('')}</${name}>`;

const xmlMoment = (name: string, at: number) => xml(name, new Date(at).toISOString());

const xmlName = (element: string, number: number) =>
  xml(element, xml('merchantAccountId', merchantAccountId(number)));

const xmlId = (id: string) => xml('merchantEntitlementId', id);

const xmlPage = (page: number, pageSize: number) =>
  xml('page', String(page)) + xml('pageSize', String(pageSize));

function kind(
  service: Request['service'],
  operation: string,
  parts: (draw: Draw) => string,
  name = operation,
): Kind {
  return { name, request: (draw) => ({ service, operation, parts: parts(draw) }) };
}

/** A page of the changes in a span. */
export function deltaRequest(
  { from, until }: { from: number; until: number },
  page: number,
  pageSize: number,
): Request {
  const span = xmlMoment('timestamp', from) + xmlMoment('endTimestamp', until);
  const parts = span + xmlPage(page, pageSize);
  return { service: 'Entitlement', operation: 'fetchDeltaSince', parts };
}

/** The first page of a span that begins anywhere; the page is full. */
function listed({ population, number }: Draw, pageSize: number): Request {
  const index = Math.min(number, population.accounts - pageSize);
  const { until } = population.spanOf(LISTED_ROUND);
  return deltaRequest({ from: population.grantedAt(index, LISTED_ROUND), until }, 0, pageSize);
}

/** Accounts made from anywhere on; the first page is full. */
function createdParts({ population, number }: Draw): string {
  const { accounts } = population;
  const from = population.createdAt(Math.min(number, accounts - PAGE_SIZE));
  const until = population.createdAt(accounts);
  return xmlMoment('timestamp', from) + xmlMoment('endTimestamp', until) + xmlPage(0, PAGE_SIZE);
}

/** A child into its parent. No account is taken twice, for it is no other's name afterwards. */
function transferParts({ population, count }: Draw): string {
  const families = Math.floor(population.accounts / 3);
  const parent = 3 * ((count * 7919) % families);
  return xmlName('targetAccount', parent) + xmlName('sourceAccount', parent + 1);
}

const archive = ({ number }: Draw) => xmlName('account', number) + xmlId('archive');

/** In this order: no call after a transfer looks for the transferred account. */
export const KINDS: readonly Kind[] = [
  kind('Account', 'fetchByMerchantAccountId', ({ number }) =>
    xml('merchantAccountId', merchantAccountId(number)),
  ),
  kind('Account', 'fetchByVid', ({ number, population }) => xml('vid', population.vid(number))),
  kind('Account', 'fetchByExternalId', ({ number }) => xml('externalId', `crm-${number}`)),
  kind('Account', 'fetchByEmail', ({ number }) => xml('emailAddress', emailAddress(number))),
  kind('Account', 'fetchFamily', ({ number }) => xmlName('account', number)),
  kind('Account', 'fetchCreatedSince', createdParts, `fetchCreatedSince, ${PAGE_SIZE} of them`),
  kind('Account', 'isEntitled', ({ number }) => xmlName('account', number) + xmlId('news')),
  kind('Entitlement', 'fetchByAccount', ({ number }) => xmlName('account', number)),
  kind(
    'Entitlement',
    'fetchByEntitlementIdAndAccount',
    ({ number }) => xml('entitlementId', 'bac') + xmlName('account', number),
  ),
  ...[PAGE_SIZE, LARGEST_PAGE].map((pageSize) => ({
    name: `fetchDeltaSince, ${pageSize} of them`,
    request: (draw: Draw) => listed(draw, pageSize),
  })),
  kind('Account', 'update', ({ number, count }) =>
    xml('account', xml('merchantAccountId', merchantAccountId(number)), xml('name', `R ${count}`)),
  ),
  kind(
    'Account',
    'grantEntitlement',
    ({ number }) => xmlName('account', number) + xml('entitlement', xmlId('forum')),
  ),
  kind(
    'Account',
    'extendEntitlementToDate',
    (draw) => archive(draw) + xmlMoment('extensionDate', END + (draw.count + 1) * HOUR),
  ),
  kind(
    'Account',
    'extendEntitlementByInterval',
    (draw) => archive(draw) + xml('interval', xml('months', '1')),
  ),
  kind('Account', 'revokeEntitlement', ({ number }) => xmlName('account', number) + xmlId('lab')),
  kind('Account', 'transfer', transferParts),
];
