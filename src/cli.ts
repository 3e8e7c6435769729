#!/usr/bin/env node
/**
 * The `latchkey` command. It keeps what V8 compiled beside the build, for the next start; as
 * trustworthy as the code itself, since it lies where only the package's owner can write. A folder
 * that cannot be written has none.
 * Decided: docs/decisions/start.md
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// A Node.js that is too old has none, and is refused below.
(enableCompileCache as typeof enableCompileCache | undefined)?.(
  join(__dirname, '..', '.compile-cache'),
);
// Only what is loaded after that is kept.
void import('./commands/run.js').then(({ runProgram }) => runProgram(process.argv));
