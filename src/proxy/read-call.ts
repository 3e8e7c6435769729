/** Reads a SOAP request that was heard: its text, and the operation that it calls. */
import { NotKept } from './not-kept';
import type { Contract } from '../contract/contract';
import { BodyRefused } from '../base/body-refused';
import { decompressorOf } from '../base/content-encoding';
import { SoapFault } from '../soap/fault';
import { findOperation, type OperationCall } from '../soap/find-operation';
import { readEnvelopeInTurns } from '../soap/read-envelope';
import { actionOf } from '../soap/soap-action';
import { decodeText } from '../soap/text';
import type { XmlElement } from '../soap/xml-element';
import { type Header, headerOf } from '../cases/stored-request';
import { MOST_KEPT } from './kept-body';

/** A request's headers, and its body as it was sent. */
export interface SentMessage {
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** A request that calls an operation. */
export interface ReadCall extends OperationCall {
  readonly bytes: Buffer;
  readonly text: string;
  /** Where references of the parts lead. */
  readonly body: readonly XmlElement[];
}

/** @throws NotKept */
export async function readCall(message: SentMessage, contract: Contract): Promise<ReadCall> {
  const { headers } = message;
  const { bytes, text } = await readText(message);
  return orNotKept('it calls no operation that is known', async () => {
    const envelope = await readEnvelopeInTurns(text);
    const action = headerOf(headers, 'soapaction') ?? actionOf(headerOf(headers, 'content-type'));
    const { body } = envelope;
    return { bytes, text, body, ...findOperation(contract, envelope, action) };
  });
}

/** A body unpacked, and its text. @throws NotKept */
export function readText({ headers, body }: SentMessage) {
  return orNotKept('it is packed or encoded in a way that cannot be read', async () => {
    const unpack = decompressorOf(headerOf(headers, 'content-encoding'));
    const bytes = unpack ? await unpack(body, MOST_KEPT) : body;
    if (!bytes) throw new BodyRefused('too large');
    return { bytes, text: decodeText(bytes, headerOf(headers, 'content-type')) };
  });
}

/** What went wrong may quote the call, and is not said. @throws NotKept */
export async function orNotKept<T>(why: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SoapFault || error instanceof BodyRefused) throw new NotKept(why);
    throw error;
  }
}
