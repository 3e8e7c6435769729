/** A database in a file, or in memory. */
import { existsSync } from 'node:fs';
import type { Database } from '../database';
import { backupDatabase } from './backup';
import { checkSlowly } from './check';
import { requireFile } from './database-file';
import { openCopySource } from './copy-source';
import { openCopyTarget, requireFree } from './copy-target';
import { removeMerchant } from './remove-merchant';
import { repairDatabase } from './repair';
import { IN_MEMORY, openSqliteStore } from './sqlite-store';
import { requireWritable } from './writable';

/**
 * @param file need not exist; or `:memory:`
 * @throws Error when something else than a file is there
 */
export function createSqliteDatabase(file: string): Database {
  if (file !== IN_MEMORY) requireFile(file);
  return {
    name: file,
    kept: file !== IN_MEMORY,
    exists: () => existsSync(file),
    requireWritable: () => requireWritable(file),
    open: (...options) => openSqliteStore(file, ...options),
    removeMerchant: (login, exportTo) => removeMerchant(file, login, exportTo),
    copySource: () => openCopySource(file),
    requireFree: () => requireFree(file),
    copyTarget: () => openCopyTarget(file),
    backup: (target, onProgress) => backupDatabase(file, target, onProgress),
    repair: (dryRun, onRepaired) => repairDatabase(file, dryRun, onRepaired),
    check: (onFindings, onProgress) => checkSlowly(file, onFindings, onProgress),
  };
}
