/** `npm run sbom`: prints a bill of materials (CycloneDX) of what an installation consists of. */
import { execFileSync } from 'node:child_process';
import { withoutArchives } from './lock-file';

const flags = ['--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
const text = execFileSync('npm', ['sbom', ...flags], { encoding: 'utf8', maxBuffer: 2 ** 26 });
process.stdout.write(withoutArchives(text));
