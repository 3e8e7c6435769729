/**
 * Writes a response that is too large for one turn of the event loop: piece by piece, as its lists are read and its
 * reader takes it. The pieces together are what the encoder would write.
 * Decided: docs/decisions/big-replies.md
 */
import { PAGE, Pages, slicesOf, turnForRows } from '../base/pages';
import type { WritePiece } from '../base/reply-reader';
import type { ComplexType, Operation } from '../contract/model';
import type { Selection } from '../contract/selection';
import type { Fields, FieldWriter, Writers } from './encode';

/** What is to be written. */
export interface Response {
  readonly operation: Operation;
  /** As the encoder gets it; its lists may be Pages. */
  readonly output: Fields;
  readonly selection: Selection;
}

/** Where it is written. */
interface Target {
  /** Around the response. */
  readonly frame: { readonly start: string; readonly end: string };
  readonly write: WritePiece;
}

/** @throws what `write` throws, or the reading of a list */
export async function encodeInPieces(
  writers: Writers,
  { operation, output, selection }: Response,
  { frame, write }: Target,
): Promise<void> {
  const { start, end } = writers.frameOf(operation);
  const pieces = new Pieces(writers, write);
  pieces.add(`${frame.start}${start}`);
  await pieces.fields(writers.fieldsOfResponse(operation.output, selection), output);
  pieces.add(`${end}${frame.end}`);
  await pieces.flush();
}

class Pieces {
  private text = '';
  /** Items since the last piece. */
  private items = 0;
  private readonly response: number;

  constructor(
    private readonly writers: Writers,
    private readonly write: WritePiece,
  ) {
    this.response = writers.newResponse();
  }

  add(xml: string, items = 0): void {
    this.text += xml;
    this.items += items;
  }

  async flush(): Promise<void> {
    const { text } = this;
    this.text = '';
    this.items = 0;
    if (text !== '') await this.write(text);
  }

  async fields(writers: readonly FieldWriter[], object: Fields): Promise<void> {
    for (const writer of writers) {
      const value = object[writer.field.name];
      const part = this.writers.writePart(this.response, writer.write, value);
      if (part) this.add(part.xml, part.items);
      else if (writer.field.repeated) await this.list(writer, value);
      else await this.object(writer, value);
      if (this.items >= PAGE) await this.nextTurn();
    }
  }

  /** One item after another; those that are too long themselves, field by field. */
  private async list(writer: FieldWriter, value: unknown): Promise<void> {
    for await (const page of pagesIn(value)) {
      for (const item of page) {
        const part = this.writers.writePart(this.response, writer.writeOne, item);
        if (part) this.add(part.xml, 1 + part.items);
        else await this.object(writer, item);
        if (this.items >= 2 * PAGE) await this.nextTurn();
      }
      await this.flush();
    }
  }

  private async object({ field, part, start, end }: FieldWriter, value: unknown): Promise<void> {
    this.add(start);
    await this.fields(this.writers.fieldsOf(field.type as ComplexType, part), value as Fields);
    this.add(end);
  }

  private async nextTurn(): Promise<void> {
    await this.flush();
    await turnForRows(PAGE);
  }
}

/** The pages of a list; of one that is there already, each in its turn. */
function pagesIn(list: unknown): AsyncIterable<readonly unknown[]> {
  return list instanceof Pages ? list : slicesOf(list as readonly unknown[], turnForRows);
}
