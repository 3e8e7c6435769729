/** Arrow keys lead from bar to bar: along a row, and to the nearest of the row above or below. */

const STEPS: Readonly<Record<string, readonly [rows: number, bars: number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Moves the keyboard's place where a key says so. */
export function moveAmongBars(event: KeyboardEvent, picture: HTMLElement | null): void {
  const step = STEPS[event.key];
  const { target } = event;
  if (!step || !picture || !(target instanceof HTMLElement) || !target.matches('.bar')) return;
  event.preventDefault();
  const rows = [...picture.querySelectorAll('.line:not(.axis)')].map((row) => [
    ...row.querySelectorAll<HTMLElement>('.bar'),
  ]);
  const row = rows.findIndex((bars) => bars.includes(target));
  const [down, along] = step;
  const bars = rows[row] ?? [];
  if (down === 0) {
    bars[bars.indexOf(target) + along]?.focus();
    return;
  }
  const others = rows.slice(down > 0 ? row + 1 : 0, down > 0 ? undefined : row);
  const next = (down > 0 ? others : others.reverse()).find((found) => found.length > 0);
  nearest(next ?? [], target)?.focus();
}

/** The bar whose middle is nearest to that of another. */
function nearest(bars: readonly HTMLElement[], to: HTMLElement): HTMLElement | undefined {
  const middle = (bar: HTMLElement) => bar.offsetLeft + bar.offsetWidth / 2;
  const wanted = middle(to);
  return [...bars].sort(
    (one, other) => Math.abs(middle(one) - wanted) - Math.abs(middle(other) - wanted),
  )[0];
}
