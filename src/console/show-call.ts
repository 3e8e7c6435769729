/** A kept call as people see it: read now, and with `***` in place of passwords, keys and payment data. */
import type { Contract } from '../contract/contract';
import { hideSecrets } from '../rest/secrets';
import type { DecodeOptions } from '../soap/decode';
import { isSecretIn, redact } from '../soap/redact';
import { seeCall } from '../soap/see-call';
import { parseXml } from '../soap/parser';
import { isNil, type XmlElement } from '../soap/xml-element';
import type { KeptCall } from './kept-call';

/** The parts that reading needs. */
interface ReadingTools {
  readonly contract: Contract;
  readonly codec: DecodeOptions;
}

/** A JSON document without secrets. @param text undefined: there is none */
function hideIn(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text, hideSecrets);
}

/** Request and reply as they may be seen, and what is needed to send it again. */
export async function showCall(call: KeptCall, tools: ReadingTools) {
  const { contentType, soapAction, method, path, isCut } = call;
  const shown = call.api === 'soap' ? await showSoap(call, tools) : showRest(call);
  return { ...shown, method, path, contentType, soapAction, isCut };
}

function showRest({ request, reply, path }: KeptCall) {
  const asked = Object.fromEntries(new URLSearchParams(path.split('?')[1] ?? ''));
  const sent = request?.toString();
  const shown = isLines(sent)
    ? { fields: asked, request: showLines(sent) }
    : showDocument(sent, asked);
  if (isLines(reply)) return { ...shown, reply: showLines(reply) };
  const answer = hideIn(reply);
  return { ...shown, answer, reply: indent(answer) };
}

function showDocument(text: string | undefined, asked: object) {
  const body = hideIn(text);
  const fields = typeof body === 'object' && !Array.isArray(body) ? { ...asked, ...body } : asked;
  return { fields: fields as Record<string, unknown>, request: indent(body) };
}

function indent(document: unknown): string | undefined {
  return document === undefined ? undefined : JSON.stringify(document, undefined, 2);
}

/** Whether a body is one of lines, not one document. */
function isLines(text: string | undefined): text is string {
  return text?.endsWith('\n') === true;
}

/** Lines without secrets; of one that is no JSON nothing is shown. */
function showLines(text: string): string {
  const lines = text.slice(0, -1).split('\n');
  const shown = lines.map((line) => {
    try {
      return line.trim() === '' ? '' : JSON.stringify(hideIn(line));
    } catch {
      return '***';
    }
  });
  return `${shown.join('\n')}\n`;
}

async function showSoap(
  { request, reply, contentType, soapAction }: KeptCall,
  { contract, codec }: ReadingTools,
) {
  if (!Buffer.isBuffer(request)) return {};
  const seen = await seeCall(request, { contentType, soapAction }, { contract, codec });
  if (!seen) return {};
  const isSecret = isSecretIn(seen.operation.version, codec.ignoredTypes);
  return {
    fields: seen.fields as Record<string, unknown>,
    request: seen.raw,
    ...showReply(reply === undefined ? undefined : redact(reply, isSecret)),
  };
}

/** @param reply without secrets; undefined: it is not kept, or cannot be shown */
function showReply(reply: string | undefined) {
  if (reply === undefined) return {};
  try {
    // Around what is answered stand the envelope, its body and the response.
    const [body] = parseXml(reply).children.slice(-1);
    return { reply, answer: body?.children[0] && valueOf(body.children[0]) };
  } catch {
    return { reply };
  }
}

/** An element as JSON: its text, or what is in it by name; several of a name are a list. */
function valueOf(element: XmlElement): unknown {
  const { children, text } = element;
  if (children.length === 0) return isNil(element) ? null : text;
  const named = Map.groupBy(children, ({ name }) => name);
  return Object.fromEntries(
    [...named].map(([name, found]) => {
      const values = found.map(valueOf);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}
