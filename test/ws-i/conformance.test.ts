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

const contract = loadContract(join(ROOT, 'wsdl'));
const classesOf = (version: string) => [...(contract.findVersion(version)?.services.keys() ?? [])];

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

/** .NET's findings, by number, before the WSDL concerned. */
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
    const urls = [
      ...contract.versions.map((version) => `${server().url}/${version}/Account.wsdl`),
      ...VERSIONS.flatMap((version) =>
        classesOf(version)
          .filter((name) => name !== 'Account')
          .map((name) => `${server().url}/${version}/${name}.wsdl`),
      ),
    ];
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

const described = VERSIONS.flatMap((version) =>
  classesOf(version).map((name) => [version, name] as const),
);

for (const [version, name] of described) {
  testXmllint(`R2801: xmllint reads ${name}'s schemas as XML Schema 1.0 (${version})`, async () => {
    const schema = await readServedSchema(`${server().url}/${version}/${name}.wsdl`);
    try {
      const message = `<v:none xmlns:v="${namespaceOf(version, name)}"/>`;
      const undeclared = await schema.findErrors(message);
      // It has read the schemas once it has something to say about the message.
      expect(undeclared).toContain('No matching global declaration available');
      expect(undeclared).toContain('fails to validate');
    } finally {
      schema.remove();
    }
  });
}
