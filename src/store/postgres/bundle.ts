/**
 * Statements that go to the database together, and are answered in their order: one write, one message that ends them all, and a
 * description of the columns only for the first time that a connection meets a statement. `pg` sends all three for each
 * statement. Decided: docs/decisions/postgres-driver.md
 */
import { Query } from 'pg';
import { type Parameter, toParameter } from './parameters';
import type { Answer, Asked } from './query';
import { TYPES } from './values';

/** A column, as PostgreSQL describes it. */
interface Field {
  readonly name: string;
  readonly dataTypeID: Parameters<typeof TYPES.getTypeParser>[0];
}

/** The columns of a statement, and what reads their values. */
interface Shape {
  readonly fields: readonly Field[];
  readonly read: ReadonlyArray<(text: string) => unknown>;
}

/** What `pg` writes messages with. */
interface Wire {
  /** By name: the statements that the database has, and those that it was sent. */
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: { readonly name: string | undefined; readonly text: string }): void;
  bind(bound: { readonly statement: string | undefined; readonly values: Parameter[] }): void;
  describe(described: { readonly type: 'P' }): void;
  execute(): void;
  sync(): void;
}

/** A statement whose answer is waited for. */
interface Waiting {
  readonly asked: Asked;
  readonly values: Parameter[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

const NOTHING: Shape = { fields: [], read: [] };

/** The statements that a connection knows the columns of, by name. */
const SHAPES = new WeakMap<Wire, Map<string, Shape>>();

function shapesOf(wire: Wire): Map<string, Shape> {
  const known = SHAPES.get(wire) ?? new Map<string, Shape>();
  SHAPES.set(wire, known);
  return known;
}

/** To be given to a client's `query` when all statements were added; its methods are called by `pg`. */
export class Bundle extends Query {
  /** Of the statement that is answered next; read by `pg`. */
  declare name: string | undefined;
  declare text: string;
  /** Set by `pg`, for its time limit. */
  declare callback: ((error: unknown) => void) | undefined;

  private readonly waiting: Waiting[] = [];
  private readonly answers: Answer[] = [];
  private shapes = new Map<string, Shape>();
  private shape: Shape | undefined;
  private answered: unknown[][] = [];
  /** Why a row of the statement cannot be read. */
  private unread: unknown;

  constructor() {
    super('');
  }

  /** Adds a statement. One without a name is planned anew. @throws TypeError where a value is none that it could have */
  add(asked: Asked): Promise<Answer> {
    const values = asked.values.map(toParameter);
    return new Promise((resolve, reject) => {
      this.waiting.push({ asked, values, resolve, reject });
      if (this.waiting.length === 1) this.look();
    });
  }

  requiresPreparation(): boolean {
    return true;
  }

  /** Sends all of them. */
  prepare(wire: Wire): void {
    this.shapes = shapesOf(wire);
    for (const { asked, values } of this.waiting) {
      const { name, text } = asked;
      if (name === undefined) wire.parse({ name, text });
      else if (!(name in wire.parsedStatements || name in wire.submittedNamedStatements)) {
        wire.parse({ name, text });
        wire.submittedNamedStatements[name] = text;
      }
      wire.bind({ statement: name, values });
      if (name === undefined || !this.shapes.has(name)) wire.describe({ type: 'P' });
      wire.execute();
    }
    wire.sync();
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    const read = fields.map(
      ({ dataTypeID }) => TYPES.getTypeParser(dataTypeID, 'text') as (text: string) => unknown,
    );
    this.shape = { fields, read };
  }

  handleDataRow({ fields }: { readonly fields: ReadonlyArray<string | null> }): void {
    const { read } = this.shapeNow();
    try {
      this.answered.push(
        fields.map((value, index) => (value === null ? null : read[index]?.(value))),
      );
    } catch (error) {
      this.unread ??= error;
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const shape = this.shapeNow();
    const { name } = this;
    if (name !== undefined && !this.shapes.has(name)) this.shapes.set(name, shape);
    const [command = '', ...numbers] = text.split(' ');
    const count = numbers.at(-1);
    const rowCount = count === undefined ? null : Number(count);
    this.answers.push({ rows: this.answered, fields: shape.fields, rowCount, command });
    if (this.unread !== undefined) this.current()?.reject(this.unread);
    this.look();
  }

  /** What was answered before a failure counts; what was sent after it was not looked at. */
  handleError(error: unknown, wire: Wire): void {
    // The last one may fail when it is kept.
    const failed = Math.max(0, Math.min(this.answers.length, this.waiting.length - 1));
    this.settle(failed);
    for (const { asked, reject } of this.waiting.slice(failed)) {
      const { name } = asked;
      if (name !== undefined) Reflect.deleteProperty(wire.submittedNamedStatements, name);
      reject(error);
    }
    this.callback?.(error);
  }

  handleReadyForQuery(): void {
    this.settle(this.waiting.length);
    this.callback?.(null);
  }

  private settle(count: number): void {
    this.waiting.slice(0, count).forEach(({ resolve, reject }, index) => {
      const answer = this.answers[index];
      if (answer) resolve(answer);
      else reject(new Error('the database did not answer'));
    });
  }

  private current(): Waiting | undefined {
    return this.waiting[this.answers.length - 1];
  }

  private shapeNow(): Shape {
    return this.shape ?? this.shapes.get(this.name ?? '') ?? NOTHING;
  }

  /** Has `pg` see the statement that is answered next. */
  private look(): void {
    const next = this.waiting[this.answers.length]?.asked;
    this.name = next?.name;
    this.text = next?.text ?? '';
    this.shape = undefined;
    this.answered = [];
    this.unread = undefined;
  }
}
