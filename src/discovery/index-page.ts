/** The index of everything that is served, on one page: for people and for programs. */
import { CONTROL_PATH } from '../base/simulate';
import type { Contract } from '../contract/contract';
import { escapeAttribute, escapeText } from '../contract/escape';
import { SCHEMA_FILE, serviceNamespace } from '../contract/namespaces';

/** The index as a program reads it. Every URL is absolute. */
export interface Index {
  readonly endpoint: string;
  /** The WSDL that is served where no version is named. */
  readonly wsdl: string;
  /** Where a simulation is steered; undefined: this is none. */
  readonly simulation?: string;
  /** What else is served, for people and for programs. */
  readonly pages: readonly Page[];
  /** Newest first. */
  readonly versions: readonly VersionIndex[];
}

/** Something that is served. */
export interface Page {
  readonly name: string;
  readonly url: string;
  /** What it is for. */
  readonly about: string;
}

/** What of a server the index depends on. */
export interface IndexOptions {
  /** Where this server is found, without a slash at its end. */
  readonly base: string;
  /** Whether it is one for tests. */
  readonly isSimulation: boolean;
  /** Whether it has the console. */
  readonly hasConsole: boolean;
}

export interface VersionIndex {
  readonly version: string;
  readonly endpoint: string;
  readonly schema: string;
  readonly classes: ReadonlyArray<{
    readonly name: string;
    readonly namespace: string;
    readonly wsdl: string;
  }>;
}

/** The pages beside SOAP: their paths, names, and what they are for. */
const PAGES = [
  ['/v1/docs', 'REST calls', 'read and try the calls of /v1'],
  ['/v1/openapi.json', 'OpenAPI', 'the same for programs'],
  ['/readyz', 'Health', 'whether it serves; /livez says whether it runs'],
] as const;

const CONSOLE_PAGES = [
  ['/console', 'Console', 'accounts, their access and why; for people who sign in'],
  ['/console/api/docs', 'Calls of the console', 'what its pages ask beside /v1'],
] as const;

/** Lists what is served. */
export function createIndex(
  contract: Contract,
  { base, isSimulation, hasConsole }: IndexOptions,
): Index {
  const [main, calls] = CONSOLE_PAGES;
  const paths = hasConsole ? [main, ...PAGES, calls] : PAGES;
  return {
    endpoint: `${base}/soap.pl`,
    wsdl: `${base}/soap.pl?wsdl`,
    ...(isSimulation ? { simulation: `${base}${CONTROL_PATH}` } : {}),
    pages: paths.map(([path, name, about]) => ({ name, url: `${base}${path}`, about })),
    versions: [...contract.versions].reverse().map((version) => ({
      version,
      endpoint: `${base}/v${version}/soap.pl`,
      schema: `${base}/${version}/${SCHEMA_FILE}`,
      // By name only: no class is read for this page.
      classes: [...(contract.findVersion(version)?.services.keys() ?? [])].map((name) => ({
        name,
        namespace: serviceNamespace(version, name),
        wsdl: `${base}/${version}/${name}.wsdl`,
      })),
    })),
  };
}

/** The page's style, in the console's colours: dark where the reader's system is. A policy names it by its digest. */
export const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#f4f6f9, #11151a); color: light-dark(#18202a, #e7ebf0); font: 0.9375rem/1.5 system-ui, sans-serif; }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 0.75rem; list-style: none; margin: 1rem 0; padding: 0; }
li { border: 1px solid light-dark(#d3d9e1, #35404c); border-radius: 8px; padding: 0.6rem 0.75rem; background: light-dark(#ffffff, #191f26); }
li a { font-weight: 650; }
main { max-width: 80rem; margin: 0 auto; padding: clamp(1rem, 4vw, 2.5rem); }
h1 { margin-top: 0; }
a { color: light-dark(#1a5bbd, #84b6ff); text-underline-offset: 0.15em; }
code { font-family: ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
.wide { overflow-x: auto; border: 1px solid light-dark(#d3d9e1, #35404c); border-radius: 8px; background: light-dark(#ffffff, #191f26); }
table { border-collapse: collapse; width: 100%; }
caption { padding: 0.75rem; text-align: left; font-weight: 650; }
th, td { border-top: 1px solid light-dark(#d3d9e1, #35404c); padding: 0.4rem 0.75rem; text-align: left; vertical-align: top; white-space: nowrap; }
`;

/** The index as a page without script, and with nothing that a browser would have to fetch to show it. */
export function renderIndexPage(
  { endpoint, wsdl, simulation, pages, versions }: Index,
  newest: string,
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Latchkey: a CashBox-compatible SOAP service</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml"/>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Latchkey</h1>
<nav aria-label="What is served">
<ul>
${pages.map(({ name, url, about }) => `<li>${link(url, name)}<br/>${escapeText(about)}</li>`).join('\n')}
<li>${link(wsdl, 'SOAP')}<br/>the WSDL of Account, version ${escapeText(newest)}</li>
</ul>
</nav>
<p>This is a SOAP service. Clients post their requests to <code>${escapeText(endpoint)}</code>;
the namespace of a request says which version it speaks.</p>
${simulation === undefined ? '' : renderSimulation(simulation)}<div class="wide" role="region" aria-labelledby="versions" tabindex="0">
<table>
<caption id="versions">Versions and classes</caption>
<thead>
<tr><th scope="col">Version</th><th scope="col">WSDL</th><th scope="col">Schema</th><th scope="col">Namespace</th><th scope="col">Endpoint</th></tr>
</thead>
<tbody>
${versions.map(renderVersion).join('\n')}
</tbody>
</table>
</div>
</main>
</body>
</html>
`;
}

function renderSimulation(control: string): string {
  return `<p><strong>This is a simulation for tests</strong>: its time and data are made up.
It is steered under <code>${escapeText(control)}</code> (${link(`${control}/docs`, 'the calls')}).</p>
`;
}

function renderVersion({ version, endpoint, schema, classes }: VersionIndex): string {
  const each = (show: (described: VersionIndex['classes'][number]) => string) =>
    classes.map(show).join('<br/>');
  const cells = [
    each(({ name, wsdl }) => link(wsdl, `${name}.wsdl`)),
    link(schema, SCHEMA_FILE),
    each(({ namespace }) => `<code>${escapeText(namespace)}</code>`),
    `<code>${escapeText(endpoint)}</code>`,
  ];
  return `<tr><th scope="row">${escapeText(version)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function link(url: string, text: string): string {
  return `<a href="${escapeAttribute(url)}">${escapeText(text)}</a>`;
}
