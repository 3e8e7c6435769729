/** Reads the parts of a call: first the credentials, the rest when they are known to be right. */
import { Refusal } from '../base/refusal';
import { InvalidValue } from '../contract/invalid-value';
import type { Operation } from '../contract/model';
import { SentValue } from '../contract/sent-value';
import type { Authentication } from '../contract/types.generated';
import { decodeFields, type DecodedObject, type DecodeOptions } from './decode';
import { resolveReferences } from './references';
import { toLiteral } from './rpc-encoding';
import type { XmlElement } from './xml-element';

/** The parts of a message that was received. */
interface Received {
  readonly parts: readonly XmlElement[];
  /** Where references of the parts lead. */
  readonly body: readonly XmlElement[];
}

/**
 * Decodes `auth` at once, and the rest only when asked for: no reference is followed and nothing made
 * literal before the caller is known, nor for a call that no handler takes.
 */
export function readAuthentication(
  { input: message }: Operation,
  { parts, body }: Received,
  codec: DecodeOptions,
) {
  const decode = (wanted: (name: string) => boolean) => {
    const elements = parts.filter((part) => wanted(part.name));
    return decodeFields(toLiteral(resolveReferences(elements, body)), message, codec);
  };
  return {
    auth: (decode((name) => name === 'auth').auth ?? {}) as Partial<Authentication>,
    srd: () => decode((name) => name === 'srd').srd as string | undefined,
    input: ({ takesInvalid = [], takesText = [] }: Takes) => {
      const apart = ['auth', 'srd', ...takesInvalid];
      const input = decode((name) => !apart.includes(name));
      for (const part of takesInvalid) {
        Object.assign(
          input,
          orInvalid(part, () => decode((name) => name === part)),
        );
      }
      for (const { name, text } of parts) {
        const value = input[name];
        if (takesText.includes(name) && value !== undefined) {
          input[name] = new SentValue(text.trim(), value);
        }
      }
      return input;
    },
    /**
     * Empties the message, for one who has its input and reads it no more: elements take far more memory than what was decoded of
     * them, and the call may wait.
     */
    letGo: () => {
      for (const elements of [parts, body]) (elements as XmlElement[]).length = 0;
    },
  };
}

/** What a handler takes otherwise than decoded. */
export interface Takes {
  /** Parts that it takes as an InvalidValue when they are not of their type. */
  readonly takesInvalid?: readonly string[];
  /** Parts that it takes as a SentValue, with the text that the request holds. */
  readonly takesText?: readonly string[];
}

/** The result of `decode` for that part, or the reason why there is none. */
function orInvalid(part: string, decode: () => DecodedObject): DecodedObject {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reason = error.message.replace(`${part}: `, '').replace(/\.$/, '');
    return { [part]: new InvalidValue(reason) };
  }
}

/**
 * Whether `auth.version` names another version than the message's namespace, which counts. Clients
 * that write it as a number say 22 for 22.0. Texts that are no version aren't for the log.
 */
export function isOtherVersion(text: string | undefined, { version }: Operation): boolean {
  return /^\d{1,3}(\.\d{1,3})?$/.test(text ?? '') && Number(text) !== Number(version.version);
}
