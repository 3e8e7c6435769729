/**
 * Answers what clients ask before they call: the index, the WSDLs, the schemas. It knows the
 * contract and HTTP; of SOAP requests it knows nothing.
 * Decided: docs/decisions/discovery.md
 */
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Contract } from '../contract/contract';
import type { ContractVersion, Service } from '../contract/model';
import { SCHEMA_FILE } from '../contract/namespaces';
import { renderSchema, renderWsdl } from '../contract/render';
import { baseUrl } from './base-url';
import { Document, DocumentCache, sendDocument } from './document';
import { createIndex, renderIndexPage, STYLE } from './index-page';

const XML = 'text/xml; charset=utf-8';
const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** The index runs no script and loads nothing but its icon; its style is known by its digest. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The class that `?wsdl` means where it names none. */
const DEFAULT_CLASS = 'Account';

/** Handlers of GET and HEAD. */
export interface Discovery {
  /** `/` */
  readonly index: RequestHandler;
  /** `/soap.pl?wsdl`, `/v22.0/soap.pl?wsdl=Account`; anything else goes to the next handler. */
  readonly endpointWsdl: RequestHandler;
  /** `/22.0/Account.wsdl`, `/22.0/Vindicia.xsd`, by the path's groups `version` and `file`. */
  readonly file: RequestHandler;
}

/** What the documents say of this server. */
export interface Facts {
  /** Its address; undefined: the request's Host. */
  readonly publicUrl: string | undefined;
  /** Whether the index is to say that it is a simulation. */
  readonly isSimulation: boolean;
  /** Whether the index leads to the console. */
  readonly hasConsole: boolean;
}

/** Of the page of what is served. */
const INDEX_HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
};

/** Builds them. */
export function createDiscovery(contract: Contract, facts: Facts): Discovery {
  const { publicUrl, isSimulation, hasConsole } = facts;
  const cache = new DocumentCache();
  // Host is part of a URL, but some caches ignore it: documents that contain it aren't for them.
  const visibility = publicUrl === undefined ? 'private' : 'public';

  const sendWsdl = (
    request: Request,
    response: Response,
    version: ContractVersion,
    service: Service,
    schema: string,
  ) => {
    const address = `${baseUrl(request, publicUrl)}/soap.pl`;
    const document = cache.get(`${service.namespace} ${schema} ${address}`, () => {
      return new Document(XML, renderWsdl(version, service, { address, schema }));
    });
    sendDocument(request, response, document, visibility);
  };

  return {
    index: (request, response) => {
      const base = baseUrl(request, publicUrl);
      const type = request.accepts(['html', 'json']) === 'json' ? JSON_TYPE : HTML;
      const document = cache.get(`${type} ${base}`, () => {
        const index = createIndex(contract, { base, isSimulation, hasConsole });
        return type === JSON_TYPE
          ? new Document(type, `${JSON.stringify(index, null, 2)}\n`)
          : new Document(type, renderIndexPage(index, contract.newest.version));
      });
      response.vary('Accept').set(INDEX_HEADERS);
      sendDocument(request, response, document, visibility);
    },

    endpointWsdl: (request, response, next) => {
      const wanted = wantedClass(request);
      if (wanted === undefined) {
        next();
        return;
      }
      const { version: named } = request.params as { version?: string };
      const version =
        named === undefined ? contract.newest : contract.findVersion(named.replace('_', '.'));
      const service = version?.services.get(wanted);
      if (!version || !service) notFound(response, contract, version);
      else {
        const up = named === undefined ? '.' : '..';
        sendWsdl(request, response, version, service, `${up}/${version.version}/${SCHEMA_FILE}`);
      }
    },

    file: (request, response) => {
      const { version: named, file } = request.params as { version: string; file: string };
      const version = contract.findVersion(named);
      const service = version?.services.get(file.replace(/\.wsdl$/, ''));
      if (version && service) sendWsdl(request, response, version, service, `./${SCHEMA_FILE}`);
      else if (version && file === SCHEMA_FILE) {
        const render = () => new Document(XML, renderSchema(version));
        sendDocument(request, response, cache.get(version.typesNamespace, render), 'public');
      } else notFound(response, contract, version);
    },
  };
}

/** The class that the query asks the WSDL of, or undefined when it asks for none. */
function wantedClass({ query }: Request): string | undefined {
  const [, value] = Object.entries(query).find(([name]) => name.toLowerCase() === 'wsdl') ?? [];
  if (value === undefined) return undefined;
  return typeof value === 'string' && value !== '' ? value : DEFAULT_CLASS;
}

/** Says what there is instead. */
function notFound(
  response: Response,
  contract: Contract,
  version: ContractVersion = contract.newest,
): void {
  response
    .status(404)
    .type('text')
    .send(
      `There is no such WSDL or schema here.

Versions: ${contract.versions.join(', ')}
Classes: ${[...version.services.keys()].join(', ')}

A WSDL is at /VERSION/CLASS.wsdl, a version's schema at /VERSION/${SCHEMA_FILE}.
`,
    );
}
