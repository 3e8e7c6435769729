/** How the peers are started: the same service on other languages' SOAP servers. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Peer } from '../contestant';

/** How to find out whether a peer can run, and how it is run. */
interface Program {
  /** Answers with exit code 0 where everything is installed. */
  readonly probe: readonly [string, ...string[]];
  /** The package to install where it doesn't. */
  readonly needs: string;
  /** @param folder an empty one, where it may build what it needs */
  readonly command: (place: Place, folder: string) => [string, ...string[]];
}

interface Place {
  readonly port: number;
  readonly database: string;
  /** A JSON file: the SQL of every step, by its name. */
  readonly statements: string;
}

const SOURCES = join(__dirname, '..', '..', '..', 'bench', 'peers');

/** Each handles its calls in its own default number of processes, or in one per core. */
export const PROGRAMS: Readonly<Record<Peer, Program>> = {
  gsoap: {
    probe: [
      'sh',
      '-c',
      'command -v soapcpp2 && command -v g++ && echo "#include <sqlite3.h>" | g++ -E -',
    ],
    needs: 'g++, gsoap, libgsoap-dev, libsqlite3-dev',
    command: ({ port, database, statements }, folder) => [
      'sh',
      join(SOURCES, 'gsoap', 'build-and-run.sh'),
      ...[folder, String(port), database, statements],
    ],
  },
  php: {
    probe: [
      'php',
      '-r',
      'exit(class_exists("SoapServer") && in_array("sqlite", PDO::getAvailableDrivers()) ? 0 : 1);',
    ],
    needs: 'php-cli, php-soap, php-sqlite3',
    command: ({ port, database, statements }, folder) => [
      'env',
      ...[`DATABASE=${database}`, `STATEMENTS=${statements}`, 'PHP_CLI_SERVER_WORKERS=2'],
      ...['php', '-d', 'opcache.enable_cli=1', '-d', `soap.wsdl_cache_dir=${folder}`],
      ...['-S', `127.0.0.1:${port}`, join(SOURCES, 'php', 'server.php')],
    ],
  },
  perl: {
    probe: ['perl', '-MSOAP::Lite', '-MDBD::SQLite', '-e', '1'],
    needs: 'libsoap-lite-perl, libdbd-sqlite3-perl',
    command: ({ port, database, statements }) => [
      'perl',
      join(SOURCES, 'perl', 'server.pl'),
      ...[String(port), database, statements],
    ],
  },
  python: {
    probe: ['/usr/bin/python3', '-c', 'import spyne.server.wsgi, lxml'],
    needs: 'python3-spyne',
    command: ({ port, database, statements }) => [
      '/usr/bin/python3',
      join(SOURCES, 'python', 'server.py'),
      ...[String(port), database, statements],
    ],
  },
};

/** Why a peer cannot run on this machine; undefined: it can. */
export function whyMissing(peer: Peer): string | undefined {
  const {
    probe: [command, ...flags],
    needs,
  } = PROGRAMS[peer];
  const { status } = spawnSync(command, flags, { stdio: 'ignore' });
  return status === 0 ? undefined : `it needs ${needs}`;
}
