/** Reads a SOAP request for people and tests: beside the endpoint, which reads it by itself to answer it. */
import type { ComplexType, Operation, Type } from '../contract/model';
import type { Contract } from '../contract/contract';
import { toIso } from '../base/iso';
import type { DecodedObject, DecodeOptions } from './decode';
import type { SoapRequest } from './exchange';
import { findOperation } from './find-operation';
import { readEnvelopeInTurns } from './read-envelope';
import { readAuthentication } from './read-input';
import { isSecretIn, redact } from './redact';
import { decodeText } from './text';
import { findProblems } from './validate';
import type { SoapVersion } from './write-envelope';
import type { XmlElement } from './xml-element';

/** A request that names an operation and a login. */
export interface SeenCall {
  readonly soap: SoapVersion;
  readonly operation: Operation;
  readonly login: string;
  /** The request as JSON by the contract; moments are ISO 8601. */
  readonly fields: unknown;
  /** Its text without secrets; undefined: it cannot be shown. */
  readonly raw: string | undefined;
  /** Sentences of a strict reading. */
  readonly problems: readonly string[];
}

/** The parts that reading needs. */
export interface SeeingTools {
  readonly contract: Contract;
  readonly codec: DecodeOptions;
}

/** @returns undefined where the endpoint would answer a Fault, or no login is named */
export async function seeCall(
  bytes: Buffer,
  { contentType, soapAction }: Pick<SoapRequest, 'contentType' | 'soapAction'>,
  { contract, codec }: SeeingTools,
): Promise<SeenCall | undefined> {
  try {
    const text = decodeText(bytes, contentType);
    const envelope = await readEnvelopeInTurns(text);
    const { operation, parts } = findOperation(contract, envelope, soapAction);
    const { auth, srd, input } = readAuthentication(
      operation,
      { parts, body: envelope.body },
      codec,
    );
    const { login } = auth;
    if (login === undefined) return undefined;
    const fields = { ...decoded(() => input({}), operation, parts), ...named('srd', srd()) };
    const raw = redact(text, isSecretIn(operation.version, codec.ignoredTypes));
    const { password = '' } = auth;
    // A password that stands elsewhere, too, is shown nowhere; one that is the login is no secret.
    const isSafe = ['', login].includes(password) || raw?.includes(`>${password}<`) !== true;
    const problems = findProblems(envelope, operation, codec).sentences;
    return {
      soap: envelope.soap,
      operation,
      login,
      fields,
      raw: isSafe ? raw : undefined,
      problems,
    };
  } catch {
    // The endpoint says what is wrong.
    return undefined;
  }
}

function named(name: string, value: string | undefined): object {
  return value === undefined ? {} : { [name]: value };
}

/** A request with a value that is none is shown as it came: without what the contract doesn't name or is ignored. */
function decoded(
  decode: () => DecodedObject,
  operation: Operation,
  parts: readonly XmlElement[],
): object {
  try {
    return present(decode(), operation.input) as object;
  } catch {
    const { fieldsByName } = operation.input;
    const scalars = parts.filter(
      ({ name, children }) => name !== 'auth' && fieldsByName.has(name) && children.length === 0,
    );
    return Object.fromEntries(scalars.map(({ name, text }) => [name, text]));
  }
}

/** A decoded value as JSON. */
function present(value: unknown, type: Type): unknown {
  if (Array.isArray(value)) return value.map((item) => present(item, type));
  if (type.kind === 'builtin' && type.name === 'dateTime') return toIso(value as number);
  if (type.kind !== 'complex' || typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => {
    const field = (type satisfies ComplexType).fieldsByName.get(name);
    return [name, field ? present(part, field.type) : part] as const;
  });
  return Object.fromEntries(entries);
}
