/** The cost of a page of fetchDeltaSince at any position: in a walk, and in any order. */
import { median } from '../report';
import { fetchPages, type Side, walk, WARM_UP } from './measure';
import { SUDDEN_ROUND } from './population';
import type { ProgressBar } from '../../src/commands/progress';

export const PAGE_SIZE = 1000;

/** A place's figure is the median of this number of pages around it. */
const AROUND = 10;

/** The spans that are walked: one in which each change has its moment, one with a single moment. */
const SPANS = [
  { name: 'changes one after another', round: 1 },
  { name: 'changes of one moment', round: SUDDEN_ROUND },
] as const;

/** Median milliseconds of the pages at the three places. */
export interface PageCosts {
  readonly span: string;
  readonly order: string;
  readonly places: readonly number[];
}

/** The first page, and those a tenth and nine tenths into the span: of 1,000 pages 0, 100, 900. */
export function placesIn(accounts: number): number[] {
  const pages = Math.floor(accounts / PAGE_SIZE);
  return [0, Math.floor(pages * 0.1), Math.floor(pages * 0.9)];
}

/** @param side a server that was just started: it remembers no page yet */
export async function measurePages(side: Side, bar: ProgressBar): Promise<PageCosts[]> {
  const { accounts } = side.population;
  const places = placesIn(accounts);
  const costs: PageCosts[] = [];
  // Another span: the program is warm, and no page of those below is remembered.
  await fetchPages(side, side.population.spanOf(0), PAGE_SIZE, Array<number>(WARM_UP).fill(0));
  for (const [index, { name: span, round }] of SPANS.entries()) {
    const changes = side.population.spanOf(round);
    const jumps = await fetchPages(side, changes, PAGE_SIZE, jumpOrder(places));
    const [first] = jumps;
    costs.push({
      span,
      order: 'the first page asked for',
      places: places.map((place) => (place === first?.page ? first.milliseconds : NaN)),
    });
    const ofPlace = (place: number) => jumps.slice(1).filter(({ page }) => page === place);
    costs.push({
      span,
      order: 'in any order',
      places: places.map((place) => median(ofPlace(place).map((jump) => jump.milliseconds))),
    });
    const pages = Math.ceil(accounts / PAGE_SIZE) + 1;
    const done = (page: number) => bar.show(span, index * pages + page, SPANS.length * pages);
    const times = await walk(side, changes, PAGE_SIZE, done);
    costs.push({
      span,
      order: 'in a walk',
      places: places.map((place) => median(times.slice(place, place + AROUND))),
    });
  }
  return costs;
}

/** The last place first: nothing before it is remembered. Then all of them, in no order. */
function jumpOrder(places: readonly number[]): number[] {
  const order = [places.at(-1) ?? 0];
  for (let turn = 0; turn < AROUND; turn++) {
    const rotated = places.map((_, index) => places[(index * 2 + turn) % places.length] ?? 0);
    order.push(...rotated);
  }
  return order;
}
