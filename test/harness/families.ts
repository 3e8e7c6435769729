/**
 * Wire cases of 22.0 as they stand in another contract family: what a client of that family would
 * have sent instead, and what it is to get. See test/wire-families.test.ts for the rules.
 */
import type { Contract } from '../../src/contract/contract';
import type { ComplexType, ContractVersion, Field, Operation } from '../../src/contract/model';
import { findOperation, type OperationCall } from '../../src/soap/find-operation';
import { isNil, type XmlElement } from '../../src/soap/xml-element';
import { readEnvelope } from '../../src/soap/read-envelope';
import { toLiteral } from '../../src/soap/rpc-encoding';
import { splitAtBlankLine } from './send';

/** The versions in which every wire case of 22.0 is played again. */
export const FAMILIES = ['20.0', '13.0', '8.0', '4.3'];

/** Versions between: they differ from their neighbours in what AutoBills are sent and answered. */
export const BETWEEN = ['5.0', '9.0', '14.0', '18.0', '21.0', '25.0', '27.0'];

/** A request of a wire case and the reply that is expected, as they are stored. */
export interface StoredStep {
  /** The clock's new time before it, in UTC milliseconds; undefined: unchanged. */
  readonly now: number | undefined;
  readonly request: string;
  readonly reply: string;
}

const OF_22 = /v22_0/;
const OF_ANOTHER = /\bv(?!22_0)\d+_\d+\b/;
const SRD = /<((?:[\w.-]+:)?srd)(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/\1\s*>)/g;

/** Elements without which a reply holds more, or the ledger less. */
const NARROWING = ['page', 'pageSize', 'selectEvents', 'cancelReasonCode'];

/** Its values show in other accounts, too. */
const PARENT = 'parentMerchantAccountId';

/** Translates wire cases into one family. */
export class Family {
  private readonly target: ContractVersion;
  private readonly hasSrd: boolean;
  private readonly hasParents: boolean;

  constructor(
    private readonly contract: Contract,
    readonly version: string,
  ) {
    const target = contract.findVersion(version);
    if (!target) throw new Error(`There is no version ${version}.`);
    this.target = target;
    const account = target.types.get('Account');
    this.hasParents = account?.kind === 'complex' && account.fieldsByName.has(PARENT);
    this.hasSrd = this.find('Account', 'update')?.input.fieldsByName.has('srd') ?? false;
  }

  /** Why a case says nothing about this family; undefined: it does. */
  reasonToLeaveOut(steps: readonly StoredStep[]): string | undefined {
    if (BETWEEN.includes(this.version) && !steps.some((step) => this.callsAutoBill(step))) {
      return 'it has nothing to do with AutoBills';
    }
    const is22 = ({ request }: StoredStep) => OF_22.test(request) && !OF_ANOTHER.test(request);
    if (!steps.every(is22)) return 'it is not one of 22.0 alone';
    for (const { request, reply } of steps) {
      if (!this.hasSrd && reply.includes('<returnString>srd')) return 'it is refused for its srd';
      if (/ has the classes /.test(reply)) return 'it lists the classes of its version';
      const call = this.readCall(request);
      if (!call) continue;
      const operation = this.find(call.operation.service, call.operation.name);
      if (!operation) return 'its operation is not there';
      if (!this.hasParents && request.includes(`<${PARENT}>`)) return 'it makes an account a child';
      const lacks = (name: string) =>
        request.includes(`<${name}>`) && !operation.input.fieldsByName.has(name);
      if (NARROWING.some(lacks)) return 'an element that narrows the reply is not there';
      const unknown = unknownIn(call.parts, call.operation.input, operation.input);
      if (unknown.includes('value')) return 'it gives a value that an enumeration lacks';
      if (unknown.includes('element') && reply.includes('<returnCode>400<')) {
        return 'it is refused, and gives an element that is not there';
      }
    }
    return undefined;
  }

  private callsAutoBill({ request }: StoredStep): boolean {
    const operation = this.readCall(request)?.operation;
    return operation?.service === 'AutoBill' || operation?.name === 'stopAutoBilling';
  }

  /** The request as a client of this family sends it. */
  request(text: string): string {
    const [head, body] = splitAtBlankLine(text);
    const named = this.rename(body).replace(/(>\s*)22\.0(?=\s*<)/g, `$1${this.version}`);
    const translated = this.hasSrd ? named : named.replace(SRD, '');
    const blanks = ' '.repeat(body.length - translated.length);
    return `${this.rename(head)}\n\n${translated}${blanks}`;
  }

  /** Whether the request asks for a part of the reply, and cannot do so in this family. */
  asksForPart(request: string): boolean {
    const texts = [...request.matchAll(SRD)].map(([, , text = '']) => text);
    return !this.hasSrd && texts.some((text) => text.trim() !== '');
  }

  /** Text of a request or a reply with this version in its namespaces and path. */
  rename(text: string): string {
    return text
      .replaceAll('v22_0', `v${this.version.replace('.', '_')}`)
      .replaceAll('/v22.0/', `/v${this.version}/`);
  }

  /** The envelope of a reply, already renamed, without what this family lacks. */
  reduce(envelope: XmlElement): XmlElement {
    return this.reduceTo(this.target, envelope);
  }

  /** The envelope of a reply without what this family alone has. */
  reduceToFull(envelope: XmlElement): XmlElement {
    return this.reduceTo(this.contract.newest, envelope);
  }

  private reduceTo(version: ContractVersion, envelope: XmlElement): XmlElement {
    const [body] = envelope.children;
    const wrapper = body?.children[0];
    const service = wrapper && this.contract.findService(wrapper.namespace);
    const operations = [...(version.services.get(service?.name ?? '')?.operations.values() ?? [])];
    const type = operations.find(({ output }) => output.name === wrapper?.name)?.output;
    if (!body || !wrapper || !type) return envelope;
    return { ...envelope, children: [{ ...body, children: [reduced(wrapper, type)] }] };
  }

  private find(service: string, operation: string): Operation | undefined {
    return this.target.services.get(service)?.operations.get(operation);
  }

  /** The operation that a request calls, at 22.0; undefined where a Fault answers it. */
  private readCall(request: string): OperationCall | undefined {
    const soapAction = /^SOAPAction:(.*)$/im.exec(request)?.[1];
    try {
      const envelope = readEnvelope(splitAtBlankLine(request)[1].trim());
      const { operation, parts } = findOperation(this.contract, envelope, soapAction);
      return { operation, parts: toLiteral(parts) };
    } catch {
      return undefined;
    }
  }
}

/** A reply's element without what a smaller one, of the same name, doesn't have. */
export function asFarAs(smaller: XmlElement, element: XmlElement): XmlElement {
  const names = new Set(smaller.children.map(({ name }) => name));
  const common = element.children.filter(({ name }) => names.has(name));
  const children = common.map((child, index) => {
    const counterpart = smaller.children[index];
    return counterpart?.name === child.name ? asFarAs(counterpart, child) : child;
  });
  return { ...element, children };
}

/** An element of a reply without what the type lacks. */
function reduced(element: XmlElement, type: ComplexType): XmlElement {
  const children = element.children.flatMap((shown) => {
    const field = type.fieldsByName.get(shown.name);
    const child = field && !holds(field, shown) ? instead(shown) : shown;
    if (!field || !(field.required || holds(field, child))) return [];
    return [field.type.kind === 'complex' ? reduced(child, field.type) : child];
  });
  return { ...element, children };
}

/** The status that older versions show instead of one that their list lacks. */
const OLDER_STATUS: Readonly<Record<string, string>> = {
  'Pending Activation': 'Active',
  'Pending Cancel': 'Cancelled',
  Expired: 'Cancelled',
  Dryrun: 'Active',
};

function instead(element: XmlElement): XmlElement {
  const text = element.name === 'status' ? OLDER_STATUS[element.text] : undefined;
  return text === undefined ? element : { ...element, text };
}

/** The given elements and enumerated values of a message that another version lacks. */
function unknownIn(
  elements: readonly XmlElement[],
  known: ComplexType,
  other: ComplexType,
): Array<'element' | 'value'> {
  return elements.flatMap((element) => {
    const field = known.fieldsByName.get(element.name);
    if (!field || isNil(element) || element.name === 'srd') return [];
    const there = other.fieldsByName.get(element.name);
    if (!there) return ['element'];
    if (field.type.kind === 'complex' && there.type.kind === 'complex') {
      return unknownIn(element.children, field.type, there.type);
    }
    const isGiven = element.text.trim() !== '' && holds(field, element);
    return isGiven && !holds(there, element) ? ['value'] : [];
  });
}

function holds({ type }: Field, { text }: XmlElement): boolean {
  return type.kind !== 'simple' || type.values.has(text.trim());
}
