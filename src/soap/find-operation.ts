/** Finds the operation that a request calls, and the elements of its message. */
import { cut, quote } from '../base/quote';
import type { Contract } from '../contract/contract';
import type { Operation, Service } from '../contract/model';
import { parseNamespace } from '../contract/namespaces';
import { SoapFault } from './fault';
import type { XmlElement } from './xml-element';
import type { RequestEnvelope } from './read-envelope';
import { rootsOf } from './references';

export interface OperationCall {
  readonly operation: Operation;
  /** The message's parts (auth, srd, account …), as they stand in the request. */
  readonly parts: readonly XmlElement[];
}

/**
 * The namespace of the body's element decides class and version, its name the operation. Where it
 * has no namespace, SOAPAction decides; the element is then the operation's or, as PHP sends it
 * without a WSDL, already the first part of the message. Elements of the body that others only
 * refer to are no call.
 * @param soapAction the SOAPAction header (or SOAP 1.2's action), quotes and all
 * @throws SoapFault when nothing served is named, or a second element stands in the body
 */
export function findOperation(
  contract: Contract,
  envelope: RequestEnvelope,
  soapAction: string | undefined,
): OperationCall {
  const [first, second] = rootsOf(envelope.body) as readonly [XmlElement, XmlElement?];
  if (first.namespace === '') {
    const operation = operationOfAction(contract, soapAction);
    if (operation.name !== first.name) return { operation, parts: envelope.body };
    refuseSecond(first, second);
    return { operation, parts: first.children };
  }
  refuseSecond(first, second);
  const service = contract.findService(first.namespace);
  if (!service) throw unknownNamespace(contract, first.namespace);
  return { operation: operationOf(service, first.name), parts: first.children };
}

function refuseSecond(first: XmlElement, second: XmlElement | undefined): void {
  if (!second) return;
  throw new SoapFault(
    'Client',
    `The Body holds a second element, ${cut(second.name)}, beside ${cut(first.name)}: send one call.`,
  );
}

function operationOfAction(contract: Contract, header: string | undefined): Operation {
  const action = header?.trim().replace(/^"(.*)"$/, '$1') ?? '';
  const [namespace = '', name = ''] = action.split('#');
  if (!namespace) {
    throw new SoapFault(
      'Client',
      "The Body's element has no namespace and no SOAPAction names the operation.",
    );
  }
  const service = contract.findService(namespace);
  if (!service) throw unknownNamespace(contract, namespace);
  return operationOf(service, name);
}

function operationOf(service: Service, name: string): Operation {
  const operation = service.operations.get(name);
  if (!operation) {
    throw new SoapFault('Client', `${service.name} has no operation ${quote(name)}.`);
  }
  return operation;
}

function unknownNamespace(contract: Contract, namespace: string): SoapFault {
  const named = parseNamespace(namespace);
  const version = (named && contract.findVersion(named.version)) ?? contract.newest;
  const classes = [...version.services.keys()].join(', ');
  return new SoapFault(
    'Client',
    `No service has the namespace ${quote(namespace)}. ${version.version} has the classes ${classes}; ` +
      `served are the versions ${contract.versions.join(', ')}.`,
  );
}
