/** The actions of `latchkey sim seed`, `reset` and `snapshot`. */
import type { DataState, SnapshotState } from '../../../testing/types';
import { type Columns, printList } from '../../list';
import { printJson, printLine } from '../../print';
import type { ControlOptions } from '../../sim/options';
import { control, controlServer, printAnswer, readJson } from './control';

/** Replaces all data. */
export async function seed(file: string, options: ControlOptions): Promise<void> {
  await printAnswer(await control<DataState>(options, 'PUT', '/seed', readJson(file)), options);
}

/** Prints the schema of a seed, for a person to read. */
export async function printSeedSchema(options: ControlOptions): Promise<void> {
  const schema = await controlServer<object>(options, 'GET', '/seed-schema');
  await printLine(JSON.stringify(schema, undefined, 2));
}

/** The options of `reset`. */
export interface ResetOptions extends ControlOptions {
  readonly empty?: boolean;
}

/** Goes back to the seed, or to no data. */
export async function reset(options: ResetOptions): Promise<void> {
  const body = options.empty ? { to: 'empty' } : {};
  await printAnswer(await control<DataState>(options, 'POST', '/reset', body), options);
}

/** Prints the snapshots. */
export async function listSnapshots(options: ControlOptions): Promise<void> {
  const columns: Columns<SnapshotState> = {
    name: ({ name }) => name,
    takenAt: ({ takenAt }) => takenAt,
    rows: ({ rows }) => rows,
  };
  const found = await control<SnapshotState[]>(options, 'GET', '/snapshots');
  await printList(found, { columns, toJson: (row) => row }, options);
}

type Named = (name: string, options: ControlOptions) => Promise<void>;

const pathOf = (name: string) => `/snapshots/${encodeURIComponent(name)}`;

/** What is done with a snapshot of a name, by the command. */
export const SNAPSHOTS: Readonly<Record<'add' | 'restore' | 'remove', Named>> = {
  add: async (name, options) => {
    await printAnswer(await control<SnapshotState>(options, 'POST', pathOf(name)), options);
  },
  restore: async (name, options) => {
    const path = `${pathOf(name)}/restore`;
    await printAnswer(await control<DataState>(options, 'POST', path), options);
  },
  remove: async (name, options) => {
    await control(options, 'DELETE', pathOf(name));
    if (options.json) await printJson({ name, removed: true });
    else await printLine(`the snapshot ${name} is removed`);
  },
};
