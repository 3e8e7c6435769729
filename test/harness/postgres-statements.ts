/** Records the statements that stores on PostgreSQL prepare, in the form in which SQLite gives its own. */
import { Bundle } from '../../src/store/postgres/bundle';
import type { Answer, Asked } from '../../src/store/postgres/query';

/** The lists to which each is added. */
const records = new Set<string[]>();

/** Has every statement that is prepared be added to a list, with its values in their places. */
export function recordStatements(list: string[]): void {
  if (records.size === 0) {
    const add = Reflect.get(Bundle.prototype, 'add') as (asked: Asked) => Promise<Answer>;
    Bundle.prototype.add = function record(asked) {
      for (const one of records) one.push(withValues(asked));
      return Reflect.apply(add, this, [asked]);
    };
  }
  records.add(list);
}

function withValues({ text, values }: Asked): string {
  return text.replaceAll(/\$(\d+)/g, (_, number) => {
    const value = values[Number(number) - 1];
    return typeof value === 'number' ? String(value) : `'${String(value)}'`;
  });
}
