/** A call as it came and was answered, and its form in memory: numbers, and texts one after the other. */

/** What lists show of a call. */
export interface CallHead {
  /** The soapId, or the X-Request-Id. */
  readonly id: string;
  /** When it was answered, in UTC milliseconds. */
  readonly at: number;
  readonly api: 'soap' | 'rest';
  /** `Account.isEntitled`; of REST `GET /access`. */
  readonly operation: string;
  /** Of REST there is none. */
  readonly version: string | undefined;
  /** The merchant that it named; undefined: none, or it could not be read. */
  readonly login: string | undefined;
  /** Of REST the name of the API key, or the person. */
  readonly key: string | undefined;
  readonly address: string;
  /** returnCode, faultcode or HTTP status. */
  readonly code: string;
  readonly message: string | undefined;
  readonly ms: number;
  /** Undefined: its body was not read, or its length is not known. */
  readonly requestBytes: number | undefined;
  /** Undefined: it had no body, or it was not kept. */
  readonly replyBytes: number | undefined;
  /** Whether a body was too long to be kept. */
  readonly isCut: boolean;
  readonly contentType: string | undefined;
  readonly soapAction: string | undefined;
  readonly method: string;
  /** Path and query; of SOAP always SOAP_PATH. */
  readonly path: string;
}

/** A call with its bodies. */
export interface KeptCall extends CallHead {
  /**
   * The body with all that is secret: to be taken out before it is shown. Of REST a document of JSON, or lines of it, each
   * with its line feed. Undefined: none, or it was too long, or no JSON.
   */
  readonly request: Buffer | string | undefined;
  /** The answer, with what is secret. Of REST as the request. */
  readonly reply: string | undefined;
}

/** The numbers of a call, in this order; then whether it is of SOAP, and whether a body was too long. */
const NUMBERS = ['at', 'ms', 'requestBytes', 'replyBytes'] as const;
const IS_SOAP = NUMBERS.length;
const IS_CUT = IS_SOAP + 1;

/** After those: the bytes of the texts, of the request and of the reply, -1 for none. */
const LENGTHS = IS_CUT + 1;

/** How many numbers stand before the bytes. */
const HEADER = LENGTHS + 3;
const BYTES_OF_NUMBER = Float64Array.BYTES_PER_ELEMENT;

/** Between texts: no header, path or text fit for XML has it, and the message, which may, comes last. */
const BETWEEN = '\0';

/** Stands for a text that there is none of. */
const NONE = '\u0001';

/** Every version of SOAP is served there. */
export const SOAP_PATH = '/soap.pl';

/** The most bytes of UTF-8 that a character of a string takes. */
const BYTES_OF_CHARACTER = 3;

/** A piece of memory as bytes and as numbers. */
export class Memory {
  readonly bytes: Buffer;
  private readonly numbers: Float64Array;

  constructor(readonly size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.numbers = new Float64Array(this.bytes.buffer);
  }

  /**
   * Writes a call.
   * @param start of the place, a multiple of 8
   * @returns where the next may begin, or undefined where there may be too little room
   */
  write(start: number, call: KeptCall): number | undefined {
    const { bytes, numbers } = this;
    const texts = textsOf(call);
    const { request, reply } = call;
    const room =
      BYTES_OF_NUMBER * (HEADER + 1) +
      BYTES_OF_CHARACTER * (texts.length + (request?.length ?? 0) + (reply?.length ?? 0));
    if (start + room > this.size) return undefined;
    const at = start / BYTES_OF_NUMBER;
    numbers[at] = call.at;
    numbers[at + 1] = call.ms;
    numbers[at + 2] = call.requestBytes ?? NaN;
    numbers[at + 3] = call.replyBytes ?? NaN;
    numbers[at + IS_SOAP] = Number(call.api === 'soap');
    numbers[at + IS_CUT] = Number(call.isCut);
    const from = start + BYTES_OF_NUMBER * HEADER;
    const head = bytes.write(texts, from);
    const sent = request === undefined ? -1 : this.writeBody(request, from + head);
    const given = reply === undefined ? -1 : bytes.write(reply, from + head + Math.max(sent, 0));
    numbers[at + LENGTHS] = head;
    numbers[at + LENGTHS + 1] = sent;
    numbers[at + LENGTHS + 2] = given;
    const end = from + head + Math.max(sent, 0) + Math.max(given, 0);
    return Math.ceil(end / BYTES_OF_NUMBER) * BYTES_OF_NUMBER;
  }

  /** When the call that is written there was answered. */
  readMoment(start: number): number {
    return this.numbers[start / BYTES_OF_NUMBER] ?? NaN;
  }

  /** Whether its id begins so; quicker than reading it. */
  hasIdThatStarts(start: number, text: string): boolean {
    const from = start + BYTES_OF_NUMBER * HEADER;
    return this.bytes.toString('latin1', from, from + text.length) === text;
  }

  /** What lists show of the call that is written there. */
  readHead(start: number): CallHead {
    const at = start / BYTES_OF_NUMBER;
    const [answered = 0, ms = 0, requestBytes, replyBytes, isSoap, isCut, head = 0] =
      this.numbers.subarray(at, at + HEADER);
    const from = start + BYTES_OF_NUMBER * HEADER;
    const texts = this.bytes.toString('utf8', from, from + head).split(BETWEEN);
    return {
      ...(isSoap === 1 ? readSoap(texts) : readRest(texts)),
      isCut: isCut === 1,
      at: answered,
      ms,
      requestBytes: unlessNaN(requestBytes),
      replyBytes: unlessNaN(replyBytes),
    };
  }

  /** The bodies of the call that is written there, copied: of SOAP the request's bytes, of REST its text. */
  readBodies(start: number, api: CallHead['api']): Pick<KeptCall, 'request' | 'reply'> {
    const at = start / BYTES_OF_NUMBER + LENGTHS;
    const [head = 0, sent = 0, given = 0] = this.numbers.subarray(at, at + 3);
    const from = start + BYTES_OF_NUMBER * HEADER + head;
    const between = from + Math.max(sent, 0);
    const bytes = sent < 0 ? undefined : Buffer.from(this.bytes.subarray(from, between));
    const reply = given < 0 ? undefined : this.bytes.toString('utf8', between, between + given);
    return { request: api === 'soap' ? bytes : bytes?.toString(), reply };
  }

  private writeBody(body: Buffer | string, at: number): number {
    return typeof body === 'string' ? this.bytes.write(body, at) : body.copy(this.bytes, at);
  }
}

/** Those that SOAP calls share are not written: it is done with each call, and costs by the text. */
function textsOf(call: KeptCall): string {
  const { id, api, operation, version = NONE, login = NONE, address, code, message = NONE } = call;
  const { contentType = NONE, soapAction = NONE } = call;
  const named = id + BETWEEN + operation + BETWEEN + login + BETWEEN + address;
  const answered = contentType + BETWEEN + code + BETWEEN;
  if (api === 'soap') {
    return named + BETWEEN + version + BETWEEN + soapAction + BETWEEN + answered + message;
  }
  const { key = NONE, method, path } = call;
  return named + BETWEEN + key + BETWEEN + method + BETWEEN + path + BETWEEN + answered + message;
}

type Texts = Omit<CallHead, (typeof NUMBERS)[number] | 'isCut'>;

function readSoap([id = '', operation = '', login, address = '', ...more]: string[]): Texts {
  const [version, soapAction, contentType, code = '', ...message] = more;
  return {
    ...{ id, api: 'soap', operation, version: unlessNone(version), login: unlessNone(login) },
    ...{ key: undefined, address, code, message: unlessNone(message.join(BETWEEN)) },
    ...{ contentType: unlessNone(contentType), soapAction: unlessNone(soapAction) },
    ...{ method: 'POST', path: SOAP_PATH },
  };
}

function readRest([id = '', operation = '', login, address = '', ...more]: string[]): Texts {
  const [key, method = '', path = '', contentType, code = '', ...message] = more;
  return {
    ...{ id, api: 'rest', operation, version: undefined, login: unlessNone(login) },
    ...{ key: unlessNone(key), address, code, message: unlessNone(message.join(BETWEEN)) },
    ...{ contentType: unlessNone(contentType), soapAction: undefined, method, path },
  };
}

function unlessNone(text: string | undefined): string | undefined {
  return text === NONE ? undefined : text;
}

function unlessNaN(number: number | undefined): number | undefined {
  return Number.isNaN(number) ? undefined : number;
}
