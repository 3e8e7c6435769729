#!/usr/bin/env node
/** The `latchkey` command. */
import { runProgram } from './commands/run';

void runProgram(process.argv);
