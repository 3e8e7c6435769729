/** Reads one class's WSDL: its operations and their messages. */
import type { DocumentElement } from './document';
import { serviceNamespace, soapAction, typesNamespace, WSDL, WSDL_SOAP, XSD } from './namespaces';
import { readComplexType } from './read-schema';
import type { ComplexSpec } from './specs';
import type { OperationSpec, ServiceSpec } from './version-spec';

/**
 * Reads the service of a WSDL: the operations of its binding, the message elements of its schema.
 * @param definitions the root element
 * @param version the API version that the file is of
 * @throws ContractError when a message or an element is missing, a name isn't of the version, or a
 *   construct isn't supported
 */
export function readService(definitions: DocumentElement, version: string): ServiceSpec {
  const name = definitions.required('name');
  expectAttribute(definitions, 'targetNamespace', serviceNamespace(version, name));
  const binding = only(definitions, 'binding');
  const portType = only(definitions, 'portType');
  const messages = readMessages(definitions, version);
  const operations = new Map<string, OperationSpec>();
  for (const node of binding.all(WSDL, 'operation')) {
    const operation = node.required('name');
    const action = soapAction(version, name, operation);
    expectAttribute(only(node, 'operation', WSDL_SOAP), 'soapAction', action);
    const declared = portType
      .all(WSDL, 'operation')
      .find((candidate) => candidate.required('name') === operation);
    if (!declared) throw node.error('is not in the portType');
    const messageOf = (direction: 'input' | 'output') => {
      const message = messages.get(only(declared, direction).qname('message').name);
      if (!message) throw declared.error(`${direction} has no message`);
      return message;
    };
    operations.set(operation, {
      name: operation,
      input: messageOf('input'),
      output: messageOf('output'),
      ...documentation(declared),
    });
  }
  return { name, operations, ...documentation(portType) };
}

/** Message name → the complexType of the schema element that its one part names. */
function readMessages(definitions: DocumentElement, version: string): Map<string, ComplexSpec> {
  const elements = new Map<string, ComplexSpec>();
  for (const element of only(only(definitions, 'types'), 'schema', XSD).all(XSD, 'element')) {
    const name = element.required('name');
    const body = only(element, 'complexType', XSD);
    elements.set(name, readComplexType(body, name, typesNamespace(version)));
  }
  const messages = new Map<string, ComplexSpec>();
  for (const message of definitions.all(WSDL, 'message')) {
    const element = elements.get(only(message, 'part').qname('element').name);
    if (!element) throw message.error('names an element that the schema lacks');
    messages.set(message.required('name'), element);
  }
  return messages;
}

function expectAttribute(node: DocumentElement, name: string, value: string): void {
  if (node.required(name) !== value) throw node.error(`${name} is not ${value}`);
}

function only(parent: DocumentElement, name: string, namespace = WSDL): DocumentElement {
  const [found, ...more] = parent.all(namespace, name);
  if (!found || more.length > 0) throw parent.error(`must hold exactly one ${name}`);
  return found;
}

function documentation(node: DocumentElement): { documentation?: string } {
  const text = node
    .all(WSDL, 'documentation')
    .map((element) => element.text.replace(/\s+/g, ' ').trim())
    .join(' ');
  return text ? { documentation: text } : {};
}
