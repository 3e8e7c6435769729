/** The actions of `latchkey sim faults`. */
import type { FaultState } from '../../../testing/types';
import { type Columns, printList } from '../../list';
import type { ControlOptions } from '../../sim/options';
import { control, controlServer, readJson } from './control';

/** Prints those that are ordered. */
export async function listFaults(options: ControlOptions): Promise<void> {
  await print(await control<FaultState[]>(options, 'GET', '/faults'), options);
}

/** Replaces them, and prints them. */
export async function setFaults(file: string, options: ControlOptions): Promise<void> {
  const given = readJson(file);
  const faults = Array.isArray(given) ? given : [given];
  await print(await control<FaultState[]>(options, 'PUT', '/faults', faults), options);
}

/** Takes all away. */
export async function clearFaults(options: ControlOptions): Promise<void> {
  await print(await control<FaultState[]>(options, 'PUT', '/faults', []), options);
}

/** A returnString that can be ordered by its name. */
interface NamedString {
  readonly name: string;
  readonly returnCode: number;
  readonly returnString: string;
}

/** Prints the returnStrings that can be ordered by name. */
export async function listStrings(options: ControlOptions): Promise<void> {
  const strings = await controlServer<NamedString[]>(options, 'GET', '/fault-strings');
  const columns: Columns<NamedString> = {
    name: ({ name }) => name,
    returnCode: ({ returnCode }) => returnCode,
    returnString: ({ returnString }) => returnString,
  };
  await printList(strings, { columns, toJson: (row) => row }, options);
}

function print(faults: readonly FaultState[], options: ControlOptions): Promise<void> {
  const columns: Columns<FaultState> = {
    matched: ({ matched }) => matched,
    struck: ({ struck }) => struck,
    fault: ({ fault }) => fault,
  };
  return printList(faults, { columns, toJson: (row) => row }, options);
}
