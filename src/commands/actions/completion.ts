/** The action of `latchkey completion`: renders the tree of commands as a shell's script. */
import type { Command } from 'commander';
import { stdout } from '../output';
import type { Shell } from '../shells';
import { renderFish } from './completion-fish';
import { listPlaces, type Place } from './completion-places';

/** Prints the script. @param program the command that holds all others */
export async function printCompletion(program: Command, shell: Shell): Promise<void> {
  const places = listPlaces(program, '');
  await stdout.text(RENDERERS[shell](places));
}

const RENDERERS: Record<Shell, (places: readonly Place[]) => string> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
};

/** The words that the shells' `case` statements match: they contain no quote. */
const alternatives = (words: readonly string[]) => words.map((word) => `'${word}'`).join('|');

/** Finds the command that has been typed so far, and the words that may come next. */
function renderCases(places: readonly Place[]): string {
  const withValues = places.flatMap(({ path, flags }) =>
    flags
      .filter(({ values }) => values.length > 0)
      .map(({ name, values }) => `    '${path} ${name}') words='${values.join(' ')}' ;;`),
  );
  const free = places.flatMap(({ path, flags }) =>
    flags
      .filter(({ takesValue, values }) => takesValue && values.length === 0)
      .map(({ name }) => `${path} ${name}`),
  );
  const next = places.map(({ path, commands, flags, words }) => {
    const all = [...commands, ...flags].map(({ name }) => name);
    return `      '${path}') words='${[...words, ...all].join(' ')}' ;;`;
  });
  return [
    '  case "$place $previous" in',
    ...withValues,
    `    ${alternatives(free)}) words= ;;`,
    '    *) case "$place" in',
    ...next,
    '    esac ;;',
    '  esac',
  ].join('\n');
}

/** The lines that follow the typed words from command to command. */
function renderWalk(places: readonly Place[], words: string): string {
  const [, ...below] = places.map(({ path }) => path);
  return [
    `  for word in ${words}; do`,
    '    case "$place $word" in',
    `      ${alternatives(below)}) place="$place $word" ;;`,
    '    esac',
    '  done',
  ].join('\n');
}

function renderBash(places: readonly Place[]): string {
  return `# bash completion of latchkey; files where nothing else may come
_latchkey() {
  local place=latchkey word words=
  local previous=\${COMP_WORDS[COMP_CWORD-1]}
${renderWalk(places, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
${renderCases(places)}
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _latchkey latchkey
`;
}

function renderZsh(places: readonly Place[]): string {
  return `#compdef latchkey
# zsh completion of latchkey; files where nothing else may come
_latchkey() {
  local place=latchkey word words=
  local previous=\${typed[CURRENT-1]}
${renderWalk(places, '"${(@)typed[2,CURRENT-1]}"')}
${renderCases(places)}
  if [[ -n $words ]]; then compadd -- \${=words}; else _files; fi
}
_latchkey_start() {
  local -a typed=("\${(@)words}")
  _latchkey
}
compdef _latchkey_start latchkey
`;
}
