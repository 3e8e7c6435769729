#!/usr/bin/env node
/** The `latchkey` command. */
import { createProgram } from './commands/program';

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`latchkey: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
