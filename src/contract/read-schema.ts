/** Reads `Vindicia.xsd` into types. A construct that the model cannot hold stops the loading. */
import type { DocumentElement } from './document';
import {
  BUILTIN_NAMES,
  type BuiltinName,
  type BuiltinType,
  type ComplexType,
  type Field,
  type SimpleType,
  type Type,
} from './model';
import { XSD } from './namespaces';

const BUILTINS: ReadonlyMap<string, BuiltinType> = new Map(
  BUILTIN_NAMES.map((name: BuiltinName) => [name, { kind: 'builtin', name }]),
);

/** The types of a version by name; the two maps that reading fills as it meets declarations. */
export type TypeTable = Map<string, SimpleType | ComplexType>;

/**
 * Reads every simpleType and complexType of a schema. Types may refer to one another in any
 * order, also in circles (an Account holds Entitlements, an Entitlement names its Account).
 * @param schema the `xsd:schema` element
 * @throws ContractError on an unknown construct or a type that isn't declared
 */
export function readSchema(schema: DocumentElement): TypeTable {
  const namespace = schema.required('targetNamespace');
  const types: TypeTable = new Map();
  const bodies: Array<() => void> = [];
  for (const node of schema.children) {
    if (node.name === 'simpleType') {
      const type = readSimpleType(node);
      types.set(type.name, type);
    } else if (node.name === 'complexType') {
      const { type, fill } = declareComplexType(node, node.required('name'));
      types.set(type.name, type);
      bodies.push(() => fill(types, namespace));
    } else if (node.name !== 'annotation') {
      throw node.error('is not supported in the schema');
    }
  }
  bodies.forEach((fill) => fill());
  return types;
}

/**
 * Reads the complexType inside a message element such as `<xsd:element name="update">`.
 * @param element the `xsd:element` of the WSDL's own schema
 * @throws ContractError on an unknown construct or a type that isn't declared
 */
export function readMessageElement(
  element: DocumentElement,
  types: TypeTable,
  typesNamespace: string,
): ComplexType {
  const [body] = element.all(XSD, 'complexType');
  if (!body) throw element.error('has no complexType');
  const { type, fill } = declareComplexType(body, element.required('name'));
  fill(types, typesNamespace);
  return type;
}

function declareComplexType(node: DocumentElement, name: string) {
  const fields: Field[] = [];
  const fieldsByName = new Map<string, Field>();
  const type: ComplexType = { kind: 'complex', name, fields, fieldsByName, ...documentation(node) };
  const fill = (types: TypeTable, namespace: string) => {
    for (const child of node.children) {
      if (child.name === 'annotation') continue;
      if (child.name !== 'sequence') throw child.error('only a sequence is supported here');
      for (const element of child.children) {
        const field = readField(element, types, namespace);
        fields.push(field);
        fieldsByName.set(field.name, field);
      }
    }
  };
  return { type, fill };
}

function readField(node: DocumentElement, types: TypeTable, namespace: string): Field {
  if (node.name !== 'element') throw node.error('only elements are supported in a sequence');
  return {
    name: node.required('name'),
    type: findType(node, 'type', types, namespace),
    required: occurs(node, 'minOccurs', ['0', '1']) === '1',
    repeated: occurs(node, 'maxOccurs', ['1', 'unbounded']) === 'unbounded',
    ...documentation(node),
  };
}

function occurs(node: DocumentElement, name: string, known: readonly string[]): string {
  const value = node.attribute(name) ?? '1';
  if (!known.includes(value)) throw node.error(`${name}="${value}" is not supported`);
  return value;
}

function findType(
  node: DocumentElement,
  attribute: string,
  types: TypeTable,
  namespace: string,
): Type {
  const { namespace: found, name } = node.qname(attribute);
  const type = found === XSD ? BUILTINS.get(name) : found === namespace && types.get(name);
  if (!type) throw node.error(`type ${name} in "${found}" is not declared`);
  return type;
}

function readSimpleType(node: DocumentElement): SimpleType {
  const [restriction] = node.all(XSD, 'restriction');
  const base = restriction && BUILTINS.get(restriction.qname('base').name);
  if (!restriction || !base) throw node.error('only a restriction of a built-in is supported');
  const values = restriction.children.map((value) => {
    if (value.name !== 'enumeration') throw value.error('only enumerations are supported');
    return value.required('value');
  });
  return {
    kind: 'simple',
    name: node.required('name'),
    base,
    values: new Set(values),
    ...documentation(node),
  };
}

/** The text of an `xsd:annotation`, with its line breaks folded. */
function documentation(node: DocumentElement): { documentation?: string } {
  const text = node
    .all(XSD, 'annotation')
    .flatMap((annotation) => annotation.all(XSD, 'documentation'))
    .map((element) => element.text.replace(/\s+/g, ' ').trim())
    .join(' ');
  return text ? { documentation: text } : {};
}
