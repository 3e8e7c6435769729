/** Records the statements that stores on PostgreSQL prepare, in the form in which SQLite gives its own. */
import { Bundle } from '../../src/store/postgres/bundle';
import type { Answer, Asked } from '../../src/store/postgres/query';

/** The lists to which each is added. */
const records = new Set<string[]>();

/** Whether bundles add to them. */
let isWrapped = false;

/**
 * Has every statement that is prepared be added to a list, with its values in their places.
 * @returns ends it
 */
export function recordStatements(list: string[]): () => void {
  if (!isWrapped) {
    isWrapped = true;
    const add = Reflect.get(Bundle.prototype, 'add') as (asked: Asked) => Promise<Answer>;
    Bundle.prototype.add = function record(asked) {
      for (const one of records) one.push(withValues(asked));
      return Reflect.apply(add, this, [asked]);
    };
  }
  records.add(list);
  return () => void records.delete(list);
}

function withValues({ text, values }: Asked): string {
  return text.replaceAll(/\$(\d+)/g, (_, number) => {
    const value = values[Number(number) - 1];
    return typeof value === 'number' ? String(value) : `'${String(value)}'`;
  });
}
