/**
 * The action of `latchkey serve`.
 * Decided: docs/decisions/helpers.md
 */
import type { Command } from 'commander';
import { startServer } from '../../main';
import { notifyReady } from '../../systemd';
import { boundGenerations, collectYoungAlone } from '../../young-generation';
import { findDatabase } from '../../store/open';
import { settingsOf } from '../options';
import { OutputClosed, stdout } from '../output';
import { printJson } from '../print';
import { renderBanner } from './banner';
import { factsOf } from './ready-facts';
import { stopOnSignal, stopWithInput } from './stop';
import { namingDatabase } from './with-store';

/** Its options, beside the settings. */
export interface ServeOptions {
  readonly demo?: boolean;
  readonly json?: boolean;
  readonly endWithInput?: boolean;
}

const STDERR = 2;

/** Starts the server; it ends with SIGINT or SIGTERM, or with its input where that is wanted. */
export async function serve(command: Command, options: ServeOptions): Promise<void> {
  const settings = settingsOf(command);
  collectYoungAlone();
  const { demo = false, json } = options;
  const bounded = { demo, watchMemory: boundGenerations() };
  const start = json ? { ...bounded, logTo: STDERR } : bounded;
  const { name } = findDatabase(settings.database, settings);
  const server = await namingDatabase(name, () => startServer(settings, start));
  const finding = factsOf(server);
  // A signal may come at once; the facts are read before the database is closed.
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= finding.then(server.stop, server.stop));
  stopOnSignal(stop);
  if (options.endWithInput) stopWithInput(stop);
  try {
    const facts = await finding;
    const greets = demo || facts.simulation !== undefined;
    if (json) await printJson({ ...facts, database: name });
    else if (greets) await stdout.text(renderBanner(facts, { ...settings, database: name }));
    await stdout.flush();
  } catch (error) {
    // The output has no reader: the server serves all the same.
    if (!(error instanceof OutputClosed)) throw error;
  }
  await notifyReady(process.env);
  await server.load().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
}
