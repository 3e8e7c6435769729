/** The paths that clients read before they call: the index with its icon, the WSDLs, the schemas. */
import { type Request, type Response, Router } from 'express';
import type { Contract } from '../contract/contract';
import { createDiscovery, type Facts } from './discovery';
import { ICON_PATHS, sendIcon } from './icon';

/** Where SOAP requests are posted, and a GET asks for a WSDL. */
const SOAP_PATH = /^\/(?:v(?<version>\d+[._]\d+)\/)?soap\.pl\/?$/;
const CONTRACT_FILE = /^\/(?<version>[^/]+)\/(?<file>[^/]+\.(?:wsdl|xsd))$/;

/** Builds the router of them. */
export function createDiscoverySurface(contract: Contract, facts: Facts): Router {
  const discovery = createDiscovery(contract, facts);
  const router = Router({ caseSensitive: true });
  router.get('/', discovery.index);
  router.all('/', refuseMethod('GET, HEAD, POST'));
  router.get(ICON_PATHS, sendIcon);
  router.all(ICON_PATHS, refuseMethod('GET, HEAD'));
  router.get(SOAP_PATH, discovery.endpointWsdl);
  router.all(SOAP_PATH, refuseMethod('POST'));
  router.get(CONTRACT_FILE, discovery.file);
  router.all(CONTRACT_FILE, refuseMethod('GET, HEAD'));
  return router;
}

/** @param allow the methods that there are, for the header of that name */
function refuseMethod(allow: string) {
  return (_request: Request, response: Response) => {
    const text = `The method is not allowed here; ${allow} is.`;
    response.status(405).set('Allow', allow).type('text').send(`${text}\n`);
  };
}
