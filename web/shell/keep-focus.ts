/**
 * Keeps the keyboard's place where what had it vanishes, or cannot be pressed for a time: a button that removes its own
 * row, say. Browsers would begin at the top of the page again.
 */

/** What is one of a list. */
const ITEMS = 'tr, li';

/** What has a heading, from the inside out. */
const PARTS = `${ITEMS}, section, article, dialog, main`;

const HEADINGS = 'h1, h2, h3';

/** What had the keyboard last; undefined: a person took it away. */
let last: HTMLElement | undefined;
/** Whether it shows, as it does for those who use keys; others' page must not move. */
let isShown = false;
/** Where it was, once it has vanished. */
let gap: Gap | undefined;

interface Gap {
  readonly parent: Element;
  readonly next: Node | null;
  readonly previous: Node | null;
}

/** Begins to keep it: once for a page. */
export function keepFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    last = target instanceof HTMLElement ? target : undefined;
    isShown = last?.matches(':focus-visible') ?? false;
    gap = undefined;
  });
  document.addEventListener('focusout', (event) => {
    if (event.relatedTarget === null) queueMicrotask(forget);
  });
  new MutationObserver(restore).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['disabled'],
  });
}

/** A person pressed beside everything: then nothing is to have the keyboard. */
function forget(): void {
  if (!last?.isConnected || last.matches(':disabled')) return;
  if (isFree() && document.hasFocus()) last = undefined;
}

function isFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function restore(records: readonly MutationRecord[]): void {
  if (!last) return;
  if (last.isConnected) {
    if (isFree() && !last.matches(':disabled')) give(last);
    return;
  }
  gap = gapOf(records, last) ?? gap;
  const place = isFree() ? placeOf(gap) : undefined;
  if (place) give(place);
}

/** Where a thing was before it was taken out, in what is still there. */
function gapOf(records: readonly MutationRecord[], thing: Node): Gap | undefined {
  const record = records.findLast(
    ({ target, removedNodes }) =>
      target.isConnected && [...removedNodes].some((node) => node.contains(thing)),
  );
  if (!record || !(record.target instanceof Element)) return undefined;
  return { parent: record.target, next: record.nextSibling, previous: record.previousSibling };
}

/** What is nearest to it: what stands in its stead, the next of a list, or the heading of what it was in. */
function placeOf(known: Gap | undefined): HTMLElement | undefined {
  const from = known?.parent.isConnected === true ? known : undefined;
  const stead = from?.next ? from.next.previousSibling : from?.parent.lastChild;
  const beside = [stead, from?.next, from?.previous].find(
    (node): node is HTMLElement =>
      node instanceof HTMLElement && node.isConnected && node.matches(`[tabindex], ${ITEMS}`),
  );
  if (beside) return beside.matches(ITEMS) ? headOf(beside) : beside;
  const part = from?.parent.closest(PARTS) ?? document.querySelector('main');
  return part instanceof HTMLElement ? headOf(part) : undefined;
}

/** The heading of a part; a row has none, and takes the keyboard itself. */
function headOf(part: HTMLElement): HTMLElement {
  return part.querySelector<HTMLElement>(HEADINGS) ?? part;
}

/** Gives something the keyboard, though it may be nothing that is reached by tabulator. */
function give(to: HTMLElement): void {
  if (to.tabIndex < 0 && !to.hasAttribute('tabindex')) {
    to.tabIndex = -1;
    to.addEventListener('blur', () => to.removeAttribute('tabindex'), { once: true });
  }
  to.focus({ preventScroll: !isShown });
}
