/** What a copy of a whole database needs, loaded together. */
export { openCopySource } from './copy-source';
export { openCopyTarget, requireFree } from './copy-target';
