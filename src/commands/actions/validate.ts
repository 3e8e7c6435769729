/** The action of `latchkey validate`. */
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../base/package';
import { ABSENT_VALUES, IGNORED_TYPES } from '../../cashbox/ignored-types';
import { loadContract } from '../../contract/contract';
import { createDateTimeFormat } from '../../soap/date-time';
import { SoapFault } from '../../soap/fault';
import { findOperation } from '../../soap/find-operation';
import type { Problem } from '../../soap/problems';
import { readEnvelope } from '../../soap/read-envelope';
import { decodeText } from '../../soap/text';
import { findProblems } from '../../soap/validate';
import { oneLine, printJson, printLine } from '../print';
import { readInput } from './read-input';
import { readSavedRequest, type SavedRequest } from './saved-request';

/** Its options. */
export interface ValidateOptions {
  readonly soapAction?: string;
  readonly json?: boolean;
}

/** The findings about a request; `--json` prints them. */
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

/** Prints what is wrong with the request in a file; exit code 2 when anything is. */
export async function validateFile(
  file: string,
  { soapAction, json }: ValidateOptions,
): Promise<void> {
  const request = readSavedRequest(readInput(file));
  const verdict = validate({ ...request, soapAction: soapAction ?? request.soapAction });
  if (json) await printJson(verdict);
  else await print(verdict);
  if (!verdict.valid) process.exitCode = EXIT_INVALID;
}

function validate({ body, contentType, soapAction }: SavedRequest): Verdict {
  try {
    const received = readEnvelope(decodeText(body, contentType));
    const contract = loadContract(join(PACKAGE_ROOT, 'wsdl'));
    const { operation } = findOperation(contract, received, soapAction);
    const { list, overflow } = findProblems(received, operation, {
      dateTime: createDateTimeFormat('UTC'),
      ignoredTypes: IGNORED_TYPES,
      absentValues: ABSENT_VALUES,
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

async function print(verdict: Verdict): Promise<void> {
  const { valid, operation, version, problems = [], more, fault } = verdict;
  if (valid) await printLine(`valid: ${operation} of ${version}`);
  if (fault !== undefined) await printLine(oneLine(fault));
  for (const { path, message } of problems) await printLine(oneLine(`${path}: ${message}`));
  if (more) await printLine('and more');
}
