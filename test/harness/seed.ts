/** The merchants that wire cases start with, for other tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../src/demo';
import { CASES } from './cases';

export const SEED = JSON.parse(readFileSync(join(CASES, 'seed.json'), 'utf8')) as Demo[];
