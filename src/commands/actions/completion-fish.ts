/** The script that lets fish complete command lines of latchkey. */
import type { Flag, Place } from './completion-places';

/** @param places every command, the first one latchkey itself */
export function renderFish(places: readonly Place[]): string {
  const [, ...below] = places.map(({ path }) => quoted(path));
  const lines = places.flatMap((place) => [
    ...place.commands.map(({ name, description }) =>
      line(place.path, `-f -a ${quoted(name)} -d ${quoted(short(description))}`),
    ),
    ...(place.words.length > 0 ? [line(place.path, `-f -a ${quoted(place.words.join(' '))}`)] : []),
    ...place.flags.map((flag) => line(place.path, flagOf(flag))),
  ]);
  return `# fish completion of latchkey; files where nothing else may come
function __latchkey_place
  set -l place latchkey
  for word in (commandline -opc)[2..-1]
    switch "$place $word"
      case ${below.join(' ')}
        set place "$place $word"
    end
  end
  echo $place
end
${lines.join('\n')}
`;
}

function line(path: string, rest: string): string {
  return `complete -c latchkey -n ${quoted(`test (__latchkey_place) = "${path}"`)} ${rest}`;
}

function flagOf({ name, description, takesValue, values }: Flag): string {
  const flag = `-l ${name.replace(/^--/, '')} -d ${quoted(short(description))}`;
  if (values.length > 0) return `${flag} -x -a ${quoted(values.join(' '))}`;
  return takesValue ? `${flag} -r` : flag;
}

/** A description's first clause: more has no room beside a word. */
function short(description: string): string {
  return description.split(/[.;:]/)[0] ?? '';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
