/**
 * Makes a wire case of a request and its reply: unpacked, without secrets, or not at all where it cannot be sure that
 * it has none.
 * Decided: docs/decisions/proxy.md
 */
import { toIso } from '../base/iso';
import type { Contract } from '../contract/contract';
import { escapeText } from '../contract/escape';
import type { Operation } from '../contract/model';
import { maskCardNumbers } from '../soap/card-numbers';
import { hasZlibHeader } from '../base/content-encoding';
import { parseXmlInTurns } from '../soap/parser';
import { HIDDEN, isSecretIn, redact } from '../soap/redact';
import { resolveReferences } from '../soap/references';
import { toLiteral } from '../soap/rpc-encoding';
import type { XmlElement } from '../soap/xml-element';
import type { CaseFile } from '../cases/case-folder';
import {
  type BodyOptions,
  encodingOf,
  type Header,
  headerOf,
  showHead,
  showRequest,
} from '../cases/stored-request';
import type { HeardCall } from './heard-call';
import { NotKept } from './not-kept';
import { orNotKept, readCall, readText } from './read-call';

/** The texts of a case, and what it calls. */
export interface MadeCase {
  readonly operation: Operation;
  /** The login that it names. */
  readonly login: string;
  /** The returnCode, or `Fault`. */
  readonly outcome: string;
  readonly file: Omit<CaseFile, 'title'>;
  readonly request: string;
  readonly reply: string;
}

/** The parts that this needs. */
export interface CaseTools {
  readonly contract: Contract;
  /** The contract's types that hold payment data. */
  readonly ignoredTypes: ReadonlySet<string>;
}

/** @throws NotKept */
export async function toCase(call: HeardCall, tools: CaseTools): Promise<MadeCase> {
  const sent = await readSent(call, tools);
  const { operation, login, password, encoding } = sent;
  const hide = hider(isSecretIn(operation.version, tools.ignoredTypes), password);
  const received = await readReceived(call);
  const { method, path, httpVersion, headers, at, status, replyHeaders } = call;
  const request = showRequest({
    method,
    // A query may hold anything, and no call needs one.
    path: path.replace(/\?.*$/s, ''),
    protocol: `HTTP/${httpVersion}`,
    headers: shownHeaders(headers),
    mark: encoding.mark,
    text: hide(sent.text),
  });
  const head = showHead({
    status,
    contentType: headerOf(replyHeaders, 'content-type') ?? '',
    contentEncoding: headerOf(replyHeaders, 'content-encoding') ?? '',
  });
  const { body } = sent;
  return {
    operation,
    login,
    outcome: received.outcome,
    file: { now: toIso(at), ...(Object.keys(body).length > 0 && { body }) },
    request,
    reply: `${head}${hide(received.text)}`,
  };
}

/** Headers whose values are shown: any other may hold credentials. */
const SHOWN: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'cache-control',
  'content-encoding',
  'content-type',
  'expect',
  'pragma',
  'soapaction',
  'transfer-encoding',
  'user-agent',
]);

/** Those that are filled in when a case is played. */
const FILLED_IN: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
]);

function shownHeaders(headers: readonly Header[]): Header[] {
  return headers
    .filter(([name]) => !FILLED_IN.has(name.toLowerCase()))
    .map(([name, value]) => [
      name,
      SHOWN.has(name.toLowerCase()) ? maskCardNumbers(value) : HIDDEN,
    ]);
}

/** A password of fewer characters may well be a part of another word. */
const LEAST_PASSWORD = 6;

/** Takes secrets out of a text. @throws NotKept where one may be left */
function hider(isSecret: (name: string) => boolean, password: string) {
  return (text: string): string => {
    const redacted = redact(text, isSecret);
    if (redacted === undefined) throw new NotKept('its elements are not closed as they should be');
    const forms = password.length < LEAST_PASSWORD ? [] : [password, escapeText(password)];
    if (forms.some((form) => redacted.includes(form))) {
      throw new NotKept('its password stands in another place, too');
    }
    return maskCardNumbers(redacted);
  };
}

async function readSent({ headers, body: packed }: HeardCall, tools: CaseTools) {
  const { contract, ignoredTypes } = tools;
  const call = await readCall({ headers, body: packed }, contract);
  const { bytes, text, operation, parts, body } = call;
  const encoding = encodingOf(bytes, text);
  if (!encoding) throw new NotKept('its text is in an encoding that no case has');
  const isBare = headerOf(headers, 'content-encoding') === 'deflate' && !hasZlibHeader(packed);
  const literal = await orNotKept('its references lead nowhere', () =>
    toLiteral(resolveReferences(parts, body)),
  );
  const auth = literal.find(({ name }) => name === 'auth');
  const password = textOf(auth, 'password');
  const isSecret = isSecretIn(operation.version, ignoredTypes);
  const isLiteral = literal === parts;
  if (!isLiteral && literal.some((part) => isSecretPart(part, isSecret))) {
    throw new NotKept('it has payment data in SOAP encoding');
  }
  return {
    operation,
    login: textOf(auth, 'login'),
    password,
    encoding,
    text: isLiteral || password === '' ? text : hideLeaves(text, password),
    body: {
      ...(encoding.encoding && { encoding: encoding.encoding }),
      ...(isBare && { bareDeflate: true }),
    } satisfies BodyOptions,
  };
}

/** Whether a part is secret or holds something that is; the credentials aside. */
function isSecretPart(
  { name, children }: XmlElement,
  isSecret: (name: string) => boolean,
): boolean {
  if (name === 'auth') return false;
  return isSecret(name) || children.some((child) => isSecretPart(child, isSecret));
}

/** The text with `***` for the content of each element that is just this value. */
function hideLeaves(text: string, value: string): string {
  const escaped = escapeText(value);
  return text.replace(/>([^<]+)</g, (found, content: string) =>
    content === value || content === escaped ? `>${HIDDEN}<` : found,
  );
}

async function readReceived({ reply, replyHeaders }: HeardCall) {
  const { text } = await readText({ headers: replyHeaders, body: reply });
  const root = await orNotKept('its reply is no XML', () => parseXmlInTurns(text));
  const [first] = root.children.find(({ name }) => name === 'Body')?.children ?? [];
  if (!first) throw new NotKept('its reply is no SOAP envelope');
  const code = textOf(
    first.children.find(({ name }) => name === 'return'),
    'returnCode',
  );
  return { text, outcome: first.name === 'Fault' ? 'Fault' : code };
}

function textOf(element: XmlElement | undefined, name: string): string {
  return element?.children.find((child) => child.name === name)?.text ?? '';
}
