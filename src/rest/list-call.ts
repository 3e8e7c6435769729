/** Calls whose answer may be a long list: large ones go through the gate of large replies. */
import { BIG, type BigReplies, HELD, type ReplyKind } from '../base/big-replies';
import type { Pieces, Route } from './route';

/** A call whose answer is a list of any length. */
export interface ListCall {
  readonly kind: ReplyKind;
  /** Says how large the answer is, once. */
  readonly leave: (bytes: number) => void;
}

/** The rows up to which a page is small. */
export const FEW_ROWS = 100;

/** Whether a list may be long, as far as its route and what it is asked for say so. */
export function mayBeLong(
  { answers }: Pick<Route, 'answers'>,
  { query }: { readonly query?: { readonly pageLength?: unknown } | undefined },
): boolean {
  return answers[200]?.written === 'json' || Number(query?.pageLength ?? 0) > FEW_ROWS;
}

/** Waits until a list may be read. */
export async function enterList(
  { name }: Pick<Route, 'name'>,
  { login }: { readonly login: string },
  bigReplies: BigReplies,
): Promise<ListCall> {
  const kind = { caller: login, name: `${name} ${login}` };
  const place = bigReplies.enter(kind);
  await place;
  let isLeft = false;
  const leave = (bytes: number) => {
    if (!isLeft) bigReplies.leave(kind, bytes, place !== undefined);
    isLeft = true;
  };
  return { kind, leave };
}

/** The characters of a list that are made before it is begun: one that is longer is a large answer. */
const BEFORE = BIG / 2;

/**
 * The same pieces. A large answer counts as such until its end; whether it is one is known before its first piece.
 * @param held the bytes that one takes until its end
 */
export async function* countedBy(
  { kind, leave }: ListCall,
  bigReplies: BigReplies,
  pieces: Pieces,
  held = HELD,
): Pieces {
  const iterator = pieces[Symbol.asyncIterator]();
  let isLarge = false;
  try {
    let text = '';
    let next = await iterator.next();
    for (; next.done !== true && text.length < BEFORE; next = await iterator.next()) {
      text += next.value;
    }
    isLarge = next.done !== true;
    if (isLarge) bigReplies.count(kind, held);
    leave(isLarge ? BIG : text.length);
    yield text;
    for (; next.done !== true; next = await iterator.next()) {
      bigReplies.onLarge();
      yield next.value;
    }
  } finally {
    if (isLarge) bigReplies.count(kind, -held);
    await iterator.return?.();
  }
}
