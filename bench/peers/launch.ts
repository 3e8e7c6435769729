/**
 * Runs a peer for the bench: a process that answers for it (its memory, its end) as the other
 * servers do for themselves.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { prepareReads } from '../../src/store/sqlite/reader';
import { prepareWrites } from '../../src/store/sqlite/write-statements';
import type { Peer } from '../contestant';
import { PROGRAMS } from './programs';

/** The store's own statements of a grant or revoke, in the order in which they are run. */
function writeStatements(database: string, path: string): void {
  const connection = new SqliteDatabase(database, { readonly: true });
  const reads = prepareReads(connection);
  const writes = prepareWrites(connection);
  const sources = {
    account: reads.accountByMerchantAccountId.source,
    entitlement: reads.entitlement.source,
    // SQLite counts a peer's lines.
    insertLedger: writes.insertLedger.source.replace('VALUES (?', 'VALUES (NULL'),
    numberLine: writes.lines.one.source,
    saveEntitlement: writes.saveEntitlement.source,
    address: reads.address.source,
    nameValues: reads.nameValues.source,
    taxExemptions: reads.taxExemptions.source,
    entitlements: reads.entitlementsOfSource.source,
  };
  connection.close();
  writeFileSync(path, JSON.stringify(sources));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Resident memory of a process group, in bytes. */
function memoryOf(group: number): number {
  let bytes = 0;
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      if (Number(fields[2]) === group) bytes += Number(fields[21]) * 4096;
    } catch {
      // It ended meanwhile.
    }
  }
  return bytes;
}

async function launch(peer: Peer, database: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-peer-'));
  const statements = join(folder, 'statements.json');
  writeStatements(database, statements);
  const port = await freePort();
  const [command, ...flags] = PROGRAMS[peer].command({ port, database, statements }, folder);
  const child = spawn(command, flags, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const group = child.pid ?? 0;
  process.once('exit', () => {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
    rmSync(folder, { recursive: true, force: true });
  });
  process.on('disconnect', () => process.exit());
  child.once('exit', () => process.exit(1));
  process.on('message', () => process.send?.(memoryOf(group)));
  while (!(await listens(port))) await setTimeout(50);
  console.log(JSON.stringify({ endpoint: `http://127.0.0.1:${port}/soap.pl` }));
}

const [peer, database = ''] = process.argv.slice(2);
void launch(peer as Peer, database);
