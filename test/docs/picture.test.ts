/** The picture of the imports shows the rules, in words that mermaid reads. */
import { ANYTHING, RULES } from '../../scripts/import-rules';
import { renderPicture } from '../../scripts/render-picture';

const linesOf = (picture: string) => picture.split('\n').slice(2, -1);

/** `a --> b`, `a -.-> b` */
const arrows = linesOf(renderPicture()).flatMap((line) => {
  const [, from = '', arrow = '', to = ''] = /^ {2}(\w+) (-->|-\.->) (\w+)$/.exec(line) ?? [];
  return from === '' ? [] : [{ from, arrow, to }];
});

test('each line is a folder or an arrow', () => {
  const lines = linesOf(renderPicture());
  expect(
    lines.filter((line) => !/^ {2}\w+(?:\["[^"[\]]+"\]| (?:-->|-\.->) \w+)$/.test(line)),
  ).toEqual([]);
});

test('each arrow is allowed, a dotted one for types only', () => {
  const wrong = arrows.filter(({ from, arrow, to }) => {
    if (from === 'wiring') return false;
    const { values = [], types = [] } = RULES[from] ?? {};
    return !(arrow === '-->' ? values : types).includes(to);
  });
  expect(wrong).toEqual([]);
});

test('along the arrows each folder reaches all that it may import', () => {
  const reach = (from: string): string[] =>
    arrows.filter((arrow) => arrow.from === from).flatMap(({ to }) => [to, ...reach(to)]);
  const missing = Object.entries(RULES)
    .filter(([, { values }]) => !values.includes(ANYTHING))
    .flatMap(([folder, { values, types }]) => {
      const reached = reach(folder);
      return [...values, ...types]
        .filter((target) => !reached.includes(target))
        .map((target) => `${folder} → ${target}`);
    });
  expect(missing).toEqual([]);
});

test('an arrow that others lead to is left out', () => {
  const picture = renderPicture({
    top: { values: ['middle', 'low'], types: [] },
    middle: { values: ['low'], types: [] },
    low: { values: [], types: [] },
  });
  expect(picture).toContain('top --> middle');
  expect(picture).not.toContain('top --> low');
});
