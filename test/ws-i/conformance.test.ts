/**
 * Implementations that aren't ours look at the served WSDLs: the check of the profile that .NET has
 * built in (on Mono), and libxml2's XML Schema.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContract } from '../../src/contract/contract';
import { isInstalled, run, testWith } from '../clients/scenario';
import { readServedSchema } from '../contract/served-schema';
import { ROOT } from '../harness/server';
import { loadDescription } from './description';
import { namespaceOf, useServer, VERSIONS } from './profile';

const server = useServer();

const testMono = testWith(
  isInstalled(['sh', '-c', 'command -v mcs && command -v mono']),
  'mono-mcs',
);
const testXmllint = testWith(isInstalled(['xmllint', '--version']), 'libxml2-utils');

/** Compiling and starting Mono takes seconds on a busy machine. */
const TIMEOUT = 120_000;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-conformance-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What .NET finds wrong, by number, each WSDL's behind it. */
async function check(locations: readonly string[]): Promise<string[]> {
  const program = join(folder, 'conformance.exe');
  const libraries = ['-r:System.Web.Services', '-r:System.Xml'];
  const source = join(ROOT, 'test', 'ws-i', 'conformance.cs');
  await run('mcs', [...libraries, `-out:${program}`, source], {}, folder);
  return run('mono', [program, ...locations], {}, folder);
}

testMono(
  'R2028, R2029 and what else .NET checks of a WSDL: nothing is wrong, in any version',
  async () => {
    const { versions } = loadContract(join(ROOT, 'wsdl'));
    const urls = versions.map((version) => `${server().url}/${version}/Account.wsdl`);
    expect(await check(urls)).toEqual(urls.map((url) => `checked ${url}`));
  },
  TIMEOUT,
);

testMono(
  'the check finds what is wrong',
  async () => {
    const wsdl = (await loadDescription(server(), '22.0')).wsdl.toString();
    const wrong = {
      'encoded.wsdl': wsdl.replace('use="literal"', 'use="encoded"'),
      'unknown.wsdl': wsdl.replace('<service ', '<unknown/><service '),
    };
    for (const [file, text] of Object.entries(wrong)) writeFileSync(join(folder, file), text);
    expect(await check(Object.keys(wrong))).toEqual([
      ...['R2706', 'checked encoded.wsdl'],
      ...['R2028, R2029', 'checked unknown.wsdl'],
    ]);
  },
  TIMEOUT,
);

for (const version of VERSIONS) {
  testXmllint(`R2801: xmllint reads the schemas as XML Schema 1.0 (${version})`, async () => {
    const schema = await readServedSchema(`${server().url}/${version}/Account.wsdl`);
    try {
      const undeclared = await schema.findErrors(`<v:none xmlns:v="${namespaceOf(version)}"/>`);
      // It has read the schemas once it has something to say about the message.
      expect(undeclared).toContain('No matching global declaration available');
      expect(undeclared).toContain('fails to validate');
    } finally {
      schema.remove();
    }
  });
}
