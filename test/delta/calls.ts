/** Calls of Account and Entitlement whose failures are distinguished from refusals. */
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';
import type { Demo } from '../../src/demo';
import { find } from '../harness/xml';

export const MERCHANT = { login: 'walker', password: 'w' };

/** A merchant with that many accounts, `account-0` and so on, which hold nothing. */
export function merchantWith(accounts: number): Demo {
  return {
    ...MERCHANT,
    accounts: Array.from({ length: accounts }, (_, number) => ({
      account: { merchantAccountId: accountId(number) },
      entitlements: [],
    })),
  };
}

export function accountId(number: number): string {
  return `account-${number}`;
}

/** A call that brought no reply, a Fault or returnCode 500: whether it was done is not known. */
export class CallFailed extends Error {
  override name = 'CallFailed';
}

export interface Reply {
  readonly returnCode: string | undefined;
  readonly returnString: string | undefined;
  readonly response: XmlElement;
}

/**
 * @param parts the message's parts after auth, as XML
 * @throws CallFailed
 */
export async function call(
  url: string,
  service: 'Account' | 'Entitlement',
  operation: string,
  parts: string,
): Promise<Reply> {
  const { login, password } = MERCHANT;
  const auth = `<auth><version>22.0</version><login>${login}</login><password>${password}</password></auth>`;
  const namespace = `http://soap.vindicia.com/v22_0/${service}`;
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    `<v:${operation} xmlns:v="${namespace}">${auth}${parts}</v:${operation}></e:Body></e:Envelope>`;
  const response = await post(url, body);
  const returnCode = textIn(response, 'returnCode');
  const returnString = textIn(response, 'returnString');
  if (returnCode === undefined || returnCode === '500') {
    throw new CallFailed(returnString ?? textIn(response, 'faultstring') ?? 'no Return');
  }
  return { returnCode, returnString, response };
}

async function post(url: string, body: string): Promise<XmlElement> {
  const headers = { 'Content-Type': 'text/xml; charset=utf-8' };
  try {
    const response = await fetch(`${url}/soap.pl`, { method: 'POST', headers, body });
    return parseXml(await response.text());
  } catch (error) {
    throw new CallFailed('no reply', { cause: error });
  }
}

export function textIn(element: XmlElement, name: string): string | undefined {
  return find(element, name)?.text;
}

/** The XML of an element. */
export function xml(name: string, ...content: string[]): string {
  return `<${name}>${content.join('')}</${name}>`;
}

/** The XML of an element that names an account. */
export function xmlAccount(id: string): string {
  return xml('account', xml('merchantAccountId', id));
}

/** The XML of a dateTime, to the millisecond. */
export function xmlMoment(name: string, moment: number): string {
  return xml(name, new Date(moment).toISOString());
}

/** An entitlement as a reply shows it. */
export interface Shown {
  readonly account: string;
  readonly id: string;
  readonly active: boolean;
  readonly ends: string | undefined;
}

function toShown(element: XmlElement): Shown {
  return {
    account: textIn(element, 'merchantAccountId') ?? '',
    id: textIn(element, 'merchantEntitlementId') ?? '',
    active: textIn(element, 'active') === '1',
    ends: textIn(element, 'endTimestamp'),
  };
}

function entitlementsIn({ response, returnString }: Reply): Shown[] {
  expect(returnString).toBe('OK');
  const entitlements: Shown[] = [];
  const visit = (element: XmlElement): void => {
    if (element.name === 'entitlements') entitlements.push(toShown(element));
    else element.children.forEach(visit);
  };
  visit(response);
  return entitlements;
}

export interface DeltaQuery {
  readonly from: number;
  /** Undefined: endTimestamp is left out. */
  readonly until: number | undefined;
  readonly page: number;
  readonly pageSize: number;
}

/** A page of the changes in a span. */
export async function fetchDelta(url: string, query: DeltaQuery): Promise<Shown[]> {
  const parts = [
    xmlMoment('timestamp', query.from),
    xml('page', String(query.page)),
    xml('pageSize', String(query.pageSize)),
    query.until === undefined ? '' : xmlMoment('endTimestamp', query.until),
  ];
  return entitlementsIn(await call(url, 'Entitlement', 'fetchDeltaSince', parts.join('')));
}

/** An account's present access. */
export async function fetchActive(url: string, account: string): Promise<Shown[]> {
  const listed = await call(url, 'Entitlement', 'fetchByAccount', xmlAccount(account));
  // Future ones are listed, too.
  return entitlementsIn(listed).filter(({ active }) => active);
}

export async function isEntitled(url: string, account: string, id: string): Promise<boolean> {
  const parts = xmlAccount(account) + xml('merchantEntitlementId', id);
  return textIn((await call(url, 'Account', 'isEntitled', parts)).response, 'entitled') === '1';
}
