/** `latchkey validate`: holds a saved request against the WSDL, without a server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { IGNORED_TYPES } from '../cashbox/operations';
import { loadContract } from '../contract/contract';
import { PACKAGE_ROOT } from '../base/package';
import { createDateTimeFormat } from '../soap/date-time';
import { SoapFault } from '../soap/fault';
import { findOperation } from '../soap/find-operation';
import type { Problem } from '../soap/problems';
import { readEnvelope } from '../soap/read-envelope';
import { decodeText } from '../soap/text';
import { findProblems } from '../soap/validate';
import { printJson, printRow } from './print';
import { readSavedRequest, type SavedRequest } from './saved-request';

interface Options {
  readonly soapAction?: string;
  readonly json?: boolean;
}

/** What is said of a request; `--json` prints it. */
interface Verdict {
  readonly valid: boolean;
  readonly operation?: string;
  readonly version?: string;
  readonly problems?: readonly Problem[];
  /** Whether there are more problems than are listed. */
  readonly more?: boolean;
  /** Why it is no call at all. */
  readonly fault?: string;
}

const EXIT_INVALID = 2;

const EXIT_CODES = `
Prints "valid: CLASS.OPERATION of VERSION", or what is wrong, one problem a line.

Exit code 0: valid. 2: it breaks the WSDL, or is no call of a served operation (then the sentence
of the Fault is printed). 1: the file cannot be read.`;

export function validateCommand(): Command {
  return new Command('validate')
    .description(
      'Say what of a saved request breaks the WSDL of its version: what LATCHKEY_VALIDATION=strict ' +
        'answers. Needs no server and no database.',
    )
    .argument(
      '<file>',
      'an XML envelope, or an HTTP request as it was sent: request line, headers, empty line, ' +
        'body (not chunked); - reads standard input',
    )
    .option('--soap-action <action>', "what SOAPAction says; default: the saved request's own")
    .option('--json', 'print JSON')
    .addHelpText('after', EXIT_CODES)
    .action((file: string, { soapAction, json }: Options) => {
      const request = readSavedRequest(readFileSync(file === '-' ? 0 : file));
      const verdict = validate({ ...request, soapAction: soapAction ?? request.soapAction });
      if (json) printJson(verdict);
      else print(verdict);
      if (!verdict.valid) process.exitCode = EXIT_INVALID;
    });
}

function validate({ body, contentType, soapAction }: SavedRequest): Verdict {
  try {
    const received = readEnvelope(decodeText(body, contentType));
    const contract = loadContract(join(PACKAGE_ROOT, 'wsdl'));
    const { operation } = findOperation(contract, received, soapAction);
    const { list, overflow } = findProblems(received, operation, {
      dateTime: createDateTimeFormat('UTC'),
      ignoredTypes: IGNORED_TYPES,
    });
    return {
      valid: list.length === 0,
      operation: `${operation.service}.${operation.name}`,
      version: operation.version.version,
      ...(list.length > 0 && { problems: list, more: overflow }),
    };
  } catch (error) {
    if (error instanceof SoapFault) return { valid: false, fault: error.faultstring };
    throw error;
  }
}

function print({ valid, operation, version, problems = [], more, fault }: Verdict): void {
  if (valid) console.log(`valid: ${operation} of ${version}`);
  if (fault !== undefined) printRow(fault);
  for (const { path, message } of problems) printRow(`${path}: ${message}`);
  if (more) console.log('and more');
}
