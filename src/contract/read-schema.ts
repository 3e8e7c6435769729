/** Reads the types of `Vindicia.xsd`. A construct that the model cannot hold stops the loading. */
import type { DocumentElement } from './document';
import { XSD } from './namespaces';
import {
  type ComplexSpec,
  type FieldSpec,
  type SimpleSpec,
  type TypeSpec,
  XSD_PREFIX,
} from './specs';

/**
 * Reads every simpleType and complexType of a schema.
 * @param schema the `xsd:schema` element
 * @throws ContractError on a construct that isn't supported
 */
export function readSchema(schema: DocumentElement): Map<string, TypeSpec> {
  const namespace = schema.required('targetNamespace');
  const types = new Map<string, TypeSpec>();
  for (const node of schema.children) {
    if (node.name === 'annotation') continue;
    const type = readType(node, namespace);
    types.set(type.name, type);
  }
  return types;
}

function readType(node: DocumentElement, namespace: string): TypeSpec {
  if (node.name === 'simpleType') return readSimpleType(node);
  if (node.name === 'complexType') {
    return readComplexType(node, node.required('name'), namespace);
  }
  throw node.error('is not supported in the schema');
}

/**
 * Reads a complexType, or the one inside a message element such as `<xsd:element name="update">`.
 * @param typesNamespace the namespace of the types that its elements may name
 * @throws ContractError on a construct that isn't supported
 */
export function readComplexType(
  node: DocumentElement,
  name: string,
  typesNamespace: string,
): ComplexSpec {
  const fields: FieldSpec[] = [];
  for (const child of node.children) {
    if (child.name === 'annotation') continue;
    if (child.name !== 'sequence') throw child.error('only a sequence is supported here');
    fields.push(...child.children.map((element) => readField(element, typesNamespace)));
  }
  return { kind: 'complex', name, fields, ...documentation(node) };
}

function readField(node: DocumentElement, typesNamespace: string): FieldSpec {
  if (node.name !== 'element') throw node.error('only elements are supported in a sequence');
  return {
    name: node.required('name'),
    type: typeName(node, typesNamespace),
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

function typeName(node: DocumentElement, typesNamespace: string): string {
  const { namespace, name } = node.qname('type');
  if (namespace === XSD) return XSD_PREFIX + name;
  if (namespace === typesNamespace) return name;
  throw node.error(`type ${name} in "${namespace}" is not supported`);
}

function readSimpleType(node: DocumentElement): SimpleSpec {
  const [restriction] = node.all(XSD, 'restriction');
  if (!restriction) throw node.error('only a restriction is supported');
  const values = restriction.children.map((value) => {
    if (value.name !== 'enumeration') throw value.error('only enumerations are supported');
    return value.required('value');
  });
  return {
    kind: 'simple',
    name: node.required('name'),
    base: XSD_PREFIX + restriction.qname('base').name,
    values,
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
