/** The project's pages in Markdown, and what stands in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/server';

/** A page: its path from the root, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Folders that hold pages, themselves and what is below them. */
const FOLDERS = ['docs', 'examples', 'fixtures/cases', 'bench', 'packaging', 'helpers'];

/** Every page, by path. */
export function readPages(): readonly Page[] {
  const top = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  const below = FOLDERS.flatMap((folder) => listMarkdown(folder));
  return [...top, ...below].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

function listMarkdown(folder: string): string[] {
  try {
    return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

/** The text without its blocks of code. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, '');
}

/** The shell's lines in blocks of code, continued ones joined, prompts and comments removed. */
export function shellLines(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/(?:^|\s+)#\s.*$/, '').trim())
    .filter((line) => line !== '');
}

/** The short pieces of code within sentences and tables. */
export function codeSpans(text: string): string[] {
  return [...withoutCode(text).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

/** A heading's name in a link, as GitHub makes it. */
export function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}
