/** Calls whose answer is a list of any length: large ones go through the gate of large replies. */
import { BIG, type BigReplies, HELD, type ReplyKind } from '../base/big-replies';
import type { Pieces, Route } from './route';

/** A call whose answer is a list of any length. */
export interface ListCall {
  readonly kind: ReplyKind;
  /** Says how large the answer is, once. */
  readonly leave: (bytes: number) => void;
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

/** The same pieces. A large answer counts as such until its end; whether it is one is known before its first piece. */
export async function* countedBy(
  { kind, leave }: ListCall,
  bigReplies: BigReplies,
  pieces: Pieces,
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
    if (isLarge) bigReplies.count(kind, HELD);
    leave(isLarge ? BIG : text.length);
    yield text;
    for (; next.done !== true; next = await iterator.next()) {
      bigReplies.onLarge();
      yield next.value;
    }
  } finally {
    if (isLarge) bigReplies.count(kind, -HELD);
    await iterator.return?.();
  }
}
