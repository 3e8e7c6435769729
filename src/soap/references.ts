/**
 * Follows the references of SOAP encoding: `<account href="#id1"/>` stands for the element whose id
 * is `id1`, which lies beside the call or within it. The contract's messages are literal and know
 * none, but RPC clients without a WSDL write every object that way.
 */
import { cut, quote } from '../base/quote';
import { SoapFault } from './fault';
import { SOAP_11_ENCODING, SOAP_12_ENCODING } from './namespaces';
import { attributeOf, MAX_DEPTH, tooDeep, type XmlElement } from './xml-element';

/** The most that references may add to a request: a few that name one another can multiply without end. */
const MAX_ELEMENTS = 10_000;
const MAX_CHARACTERS = 2 ** 20;

/** The target of an element's reference (`#id1`, in SOAP 1.2 `id1`); undefined where it stands for itself. */
export function referenceOf(element: XmlElement): string | undefined {
  return attributeOf(element, '', 'href') ?? attributeOf(element, SOAP_12_ENCODING, 'ref');
}

function idOf(element: XmlElement): string | undefined {
  return attributeOf(element, '', 'id') ?? attributeOf(element, SOAP_12_ENCODING, 'id');
}

/**
 * The elements of a body without those that are only there to be referred to: those with
 * `SOAP-ENC:root="0"`, and those that are referred to and not marked as a root
 * (SOAP 1.1, 5.6).
 */
export function rootsOf(body: readonly XmlElement[]): readonly XmlElement[] {
  if (body.length === 1) return body;
  const referred = new Set<string>();
  visit(body, (element) => {
    const reference = referenceOf(element);
    if (reference !== undefined) referred.add(targetOf(reference));
  });
  const roots = body.filter((element) => {
    const root = attributeOf(element, SOAP_11_ENCODING, 'root');
    return root === undefined ? !referred.has(idOf(element) ?? '') : root !== '0';
  });
  return roots.length > 0 ? roots : body;
}

/**
 * Puts what is referred to in the place of every reference, at any depth, under the name that the
 * reference has.
 * @param elements where references are followed
 * @param body where what they refer to lies
 * @throws SoapFault when one refers to nothing, or leads back to itself, or when they expand to
 *   more than a request may hold
 */
export function resolveReferences(
  elements: readonly XmlElement[],
  body: readonly XmlElement[],
): readonly XmlElement[] {
  // Hardly any client needs this, so the others' messages are looked through but not copied.
  if (!elements.some(holdsReference)) return elements;
  const expansion = new Expansion(targetsIn(body));
  return elements.map((element) => expansion.expand(element, 0));
}

function holdsReference(element: XmlElement): boolean {
  return referenceOf(element) !== undefined || element.children.some(holdsReference);
}

function targetsIn(body: readonly XmlElement[]): ReadonlyMap<string, XmlElement> {
  const targets = new Map<string, XmlElement>();
  visit(body, (element) => {
    const id = idOf(element);
    if (id === undefined) return;
    if (targets.has(id)) throw new SoapFault('Client', `Two elements have the id ${quote(id)}.`);
    targets.set(id, element);
  });
  return targets;
}

/** One request's references; counts what they add. */
class Expansion {
  private elements = 0;
  private characters = 0;
  /** Elements being expanded: a reference to one of these leads back to itself. */
  private readonly open = new Set<XmlElement>();

  constructor(private readonly targets: ReadonlyMap<string, XmlElement>) {}

  expand(element: XmlElement, depth: number): XmlElement {
    if (depth > MAX_DEPTH) throw tooDeep();
    const reference = referenceOf(element);
    if (reference !== undefined) return this.follow(element, reference, depth);
    if (this.open.size > 0) this.count(element);
    return { ...element, children: element.children.map((child) => this.expand(child, depth + 1)) };
  }

  private follow({ namespace, name }: XmlElement, reference: string, depth: number): XmlElement {
    const target = this.targets.get(targetOf(reference));
    if (!target) {
      throw new SoapFault(
        'Client',
        `The element ${cut(name)} refers to ${quote(reference)}, but no element has that id.`,
      );
    }
    if (this.open.has(target)) {
      throw new SoapFault('Client', `The reference ${quote(reference)} leads back to itself.`);
    }
    this.open.add(target);
    const expanded = this.expand(target, depth + 1);
    this.open.delete(target);
    return { ...expanded, namespace, name };
  }

  private count({ text }: XmlElement): void {
    this.elements++;
    this.characters += text.length;
    if (this.elements > MAX_ELEMENTS) throw tooMuch(`${MAX_ELEMENTS} elements`);
    if (this.characters > MAX_CHARACTERS) throw tooMuch(`${MAX_CHARACTERS} characters`);
  }
}

function tooMuch(limit: string): SoapFault {
  return new SoapFault('Client', `The references of the request expand to more than ${limit}.`);
}

function targetOf(reference: string): string {
  return reference.replace(/^#/, '');
}

function visit(elements: readonly XmlElement[], look: (element: XmlElement) => void): void {
  for (const element of elements) {
    look(element);
    visit(element.children, look);
  }
}
