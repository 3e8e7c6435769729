/**
 * Holds a request against the WSDL of its version, as strictly as a validating parser would, and
 * says what breaks it. It looks at the request as it came: no reference followed, nothing made
 * literal. The contract's model is all that it knows.
 */
import { cut, quote } from '../base/quote';
import type { BuiltinName, ComplexType, Operation, Type } from '../contract/model';
import { XSD } from '../contract/namespaces';
import type { DecodeOptions } from './decode';
import { SOAP_11_ENCODING, SOAP_12_ENCODING, XMLNS, XSI } from './namespaces';
import { attributeOf, isNil, type QualifiedName, type XmlElement } from './xml-element';
import { Problems } from './problems';
import type { RequestEnvelope } from './read-envelope';
import { referenceOf } from './references';
import { isArray, isMap } from './rpc-encoding';
import { describeScalar, readScalar, type ScalarType } from './scalars';
import { followSequence } from './sequence';

/** Lenient: anything readable is read. Strict: a breach of the WSDL gets a Fault. */
export type Validation = 'lenient' | 'strict';

/**
 * A request's breaches of the contract, in document order.
 * @param operation the operation that the request calls
 * @param options the types that decoding ignores are looked at, too, but no value in them is quoted
 */
export function findProblems(
  envelope: RequestEnvelope,
  operation: Operation,
  options: DecodeOptions,
): Problems {
  const validator = new Validator(operation, options);
  validator.envelope(envelope);
  return validator.problems;
}

/** Where an element stands, and whether a message may show the values in it. */
interface Place {
  readonly path: string;
  readonly secret: boolean;
}

class Validator {
  readonly problems = new Problems();

  constructor(
    private readonly operation: Operation,
    private readonly options: DecodeOptions,
  ) {}

  envelope({ root, body }: RequestEnvelope): void {
    const bodies = root.children.filter(({ name }) => name === 'Body');
    for (const element of [root, ...bodies]) {
      const style = attributeOf(element, root.namespace, 'encodingStyle') ?? '';
      if (style.includes(SOAP_11_ENCODING) || style.includes(SOAP_12_ENCODING)) {
        this.problems.add(`/${element.name}`, 'SOAP encoding; expected literal XML');
      }
    }
    const { input, namespace } = this.operation;
    const own = body.find(
      (element) => element.name === input.name && ['', namespace].includes(element.namespace),
    );
    for (const element of own ? body : body.slice(0, 1)) {
      const path = `/${cut(element.name)}`;
      if (element === own) this.message(element, path);
      else
        this.problems.add(path, `unexpected in the Body; expected ${input.name} of "${namespace}"`);
    }
  }

  private message(element: XmlElement, path: string): void {
    const { input, namespace } = this.operation;
    if (element.namespace !== namespace) {
      this.problems.add(path, `without a namespace; expected "${namespace}"`);
    }
    this.element(element, input, { path, secret: false });
  }

  private element(element: XmlElement, declared: Type, place: Place): void {
    const encoded = encodingOf(element);
    if (encoded !== undefined) {
      this.problems.add(place.path, `SOAP encoding (${encoded}); expected literal XML`);
      return;
    }
    this.attributes(element, place.path);
    const type = this.typeOf(element, declared, place);
    if (isNil(element)) return;
    if (type.kind === 'complex') this.content(element, type, place);
    else this.value(element, type, place);
  }

  private attributes({ attributes }: XmlElement, path: string): void {
    for (const { uri, local, name } of attributes) {
      if (uri === XMLNS) continue;
      if (uri === XSI && local === 'nil') {
        this.problems.add(path, 'xsi:nil on an element that is not nillable; expected a value');
      } else if (uri !== XSI || !XSI_ATTRIBUTES.has(local)) {
        this.problems.add(path, `unknown attribute ${cut(name)}; expected none`);
      }
    }
  }

  /** The type that the element says it is of, where that may stand for the declared one. */
  private typeOf({ type: named }: XmlElement, declared: Type, place: Place): Type {
    if (!named) return declared;
    const type = this.substitute(named, declared);
    if (!type) {
      const given = place.secret ? '' : ` ${nameOf(named)}`;
      const expected = nameOf({
        namespace: declared.kind === 'builtin' ? XSD : this.operation.version.typesNamespace,
        name: declared.name,
      });
      const expectation = declared === this.operation.input ? 'none' : expected;
      this.problems.add(place.path, `wrong xsi:type${given}; expected ${expectation}`);
    }
    return type ?? declared;
  }

  private substitute({ namespace, name }: QualifiedName, declared: Type): Type | undefined {
    const { typesNamespace, types } = this.operation.version;
    if (namespace === XSD) {
      return declared.kind === 'builtin' && restricts(name, declared.name)
        ? { kind: 'builtin', name: name as BuiltinName }
        : undefined;
    }
    const type = namespace === typesNamespace ? types.get(name) : undefined;
    if (type === declared) return type;
    const simple = type?.kind === 'simple' && declared.kind === 'builtin';
    return simple && restricts(type.base.name, declared.name) ? type : undefined;
  }

  private content(element: XmlElement, type: ComplexType, { path, secret }: Place): void {
    if (/[^ \t\r\n]/.test(element.text)) {
      this.problems.add(path, 'text where only elements may be');
    }
    const counts = new Map<string, number>();
    for (const { name, element: child, field, problem } of followSequence(
      element.name,
      type,
      element.children,
    )) {
      if (this.problems.overflow) return;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const here = `${path}/${name}${child && field?.repeated ? `[${count}]` : ''}`;
      if (problem !== undefined) this.problems.add(here, problem);
      if (!child || !field) continue;
      if (child.namespace !== '') {
        const qualified = `qualified with the namespace "${cut(child.namespace)}"`;
        this.problems.add(here, `${qualified}; expected without one`);
      }
      const ignored = this.options.ignoredTypes.has(field.type.name);
      this.element(child, field.type, { path: here, secret: secret || ignored });
    }
  }

  private value({ text, children }: XmlElement, type: ScalarType, { path, secret }: Place): void {
    const [child] = children;
    if (child) {
      this.problems.add(path, `a value is expected, not the element ${cut(child.name)}`);
      return;
    }
    const trimmed = withoutSpace(text, type);
    if (trimmed !== undefined && readScalar(trimmed, type, this.options.dateTime) !== undefined) {
      return;
    }
    this.problems.add(path, `${secret ? 'the value' : quote(text)} is not ${describeScalar(type)}`);
  }
}

/** XML Schema's own attributes that may stand on any element; `xsi:nil` only where an element is nillable. */
const XSI_ATTRIBUTES: ReadonlySet<string> = new Set([
  'type',
  'schemaLocation',
  'noNamespaceSchemaLocation',
]);

/** Attributes of SOAP encoding that take the place of an element's content. */
function encodingOf(element: XmlElement): string | undefined {
  if (referenceOf(element) !== undefined) return 'a reference';
  if (isMap(element)) return 'a Map';
  return isArray(element) ? 'an array' : undefined;
}

/** The built-ins of the contract that XML Schema derives from another. */
const BASES: Readonly<Partial<Record<string, BuiltinName>>> = {
  int: 'integer',
  integer: 'decimal',
};

function restricts(name: string, base: BuiltinName): boolean {
  if (name === base) return true;
  const above = BASES[name];
  return above !== undefined && restricts(above, base);
}

/**
 * The text without the white space around it, which only strings keep; undefined where what XML
 * doesn't count as white space stands there.
 */
function withoutSpace(text: string, type: ScalarType): string | undefined {
  const { name } = type.kind === 'builtin' ? type : type.base;
  if (name === 'string') return text;
  return /[^\S \t\r\n]/.test(text) ? undefined : text.trim();
}

function nameOf({ namespace, name }: QualifiedName): string {
  return `{${cut(namespace)}}${cut(name)}`;
}
