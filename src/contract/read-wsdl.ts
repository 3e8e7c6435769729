/** Reads one class's WSDL into a service. */
import type { DocumentElement } from './document';
import type { ContractVersion, Operation, Service } from './model';
import { WSDL, WSDL_SOAP, XSD } from './namespaces';
import { readMessageElement, type TypeTable } from './read-schema';

/**
 * Reads the service of a WSDL: the operations of its binding, the message elements of its schema.
 * @param definitions the root element
 * @param version what the operations belong to
 * @param types the version's types
 * @throws ContractError when a message or an element is missing, or a construct isn't supported
 */
export function readService(
  definitions: DocumentElement,
  version: ContractVersion,
  types: TypeTable,
): Service {
  const name = definitions.required('name');
  const namespace = definitions.required('targetNamespace');
  const binding = only(definitions, 'binding');
  const portType = only(definitions, 'portType');
  const messages = readMessages(definitions, namespace);
  const operations = new Map<string, Operation>();
  for (const node of binding.all(WSDL, 'operation')) {
    const operation = node.required('name');
    const declared = portType
      .all(WSDL, 'operation')
      .find((candidate) => candidate.required('name') === operation);
    if (!declared) throw node.error('is not in the portType');
    const read = (direction: 'input' | 'output') => {
      const element = messages.get(only(declared, direction).qname('message').name);
      if (!element) throw declared.error(`${direction} has no message`);
      return readMessageElement(element, types, version.typesNamespace);
    };
    operations.set(operation, {
      name: operation,
      service: name,
      namespace,
      version,
      soapAction: only(node, 'operation', WSDL_SOAP).required('soapAction'),
      input: read('input'),
      output: read('output'),
      ...documentation(declared),
    });
  }
  return { name, namespace, operations, ...documentation(portType) };
}

/** Message name → the schema element that its one part names. */
function readMessages(definitions: DocumentElement, namespace: string) {
  const elements = new Map<string, DocumentElement>();
  for (const schema of only(definitions, 'types').all(XSD, 'schema')) {
    if (schema.attribute('targetNamespace') !== namespace) continue;
    for (const element of schema.all(XSD, 'element')) {
      elements.set(element.required('name'), element);
    }
  }
  const messages = new Map<string, DocumentElement>();
  for (const message of definitions.all(WSDL, 'message')) {
    const element = elements.get(only(message, 'part').qname('element').name);
    if (!element) throw message.error('names an element that the schema lacks');
    messages.set(message.required('name'), element);
  }
  return messages;
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
