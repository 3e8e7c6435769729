/** The schema that a server serves, for xmllint: an implementation of XML Schema that isn't ours. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCHEMA_FILE } from '../../src/contract/namespaces';

export interface ServedSchema {
  /** The schema of the class's messages. */
  readonly file: string;
  /** xmllint's findings about a message element; empty: it is valid. */
  findErrors(message: string): Promise<string>;
  remove(): void;
}

/** Takes the schema out of a class's served WSDL, and puts the schema that it imports beside it. */
export async function readServedSchema(wsdlUrl: string): Promise<ServedSchema> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-schema-'));
  const messages = join(folder, 'messages.xsd');
  writeFileSync(messages, schemaOf(await load(wsdlUrl)));
  writeFileSync(join(folder, SCHEMA_FILE), await load(new URL(SCHEMA_FILE, wsdlUrl).href));
  return {
    file: messages,
    findErrors: (message) => lint(messages, message),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function load(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
}

/** The one schema of a WSDL as a document of its own, with the prefixes that the WSDL declares. */
function schemaOf(wsdl: string): string {
  const [, attributes, body] = /<xsd:schema ([^>]*)>(.*<\/xsd:schema>)/s.exec(wsdl) ?? [];
  const [definitions = ''] = /<definitions [^>]*>/.exec(wsdl) ?? [];
  const prefixes = definitions.match(/xmlns:\w+="[^"]*"/g) ?? [];
  if (attributes === undefined || body === undefined) throw new Error('the WSDL has no schema');
  return `<xsd:schema ${[...prefixes, attributes].join(' ')}>${body}`;
}

function lint(schema: string, message: string): Promise<string> {
  return new Promise((resolve) => {
    const args = ['--noout', '--nonet', '--schema', schema, '-'];
    const child = execFile('xmllint', args, (error, _stdout, stderr) => {
      resolve(error ? stderr || error.message : '');
    });
    child.stdin?.end(message);
  });
}
