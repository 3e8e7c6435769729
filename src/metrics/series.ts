/**
 * Series of counters and histograms that calls add to. prom-client finds a series by a text that it makes of the labels
 * each time, which costs a tenth of a look-up: here whoever counts keeps the series, and prom-client gets the sums when
 * it is read.
 * Decided: docs/decisions/metrics.md
 */
import { Counter, type Metric, type Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** What a metric is called, and what it says. */
export interface Described {
  readonly registry: Registry;
  readonly name: string;
  readonly help: string;
}

/** A series of a counter. */
export class Count {
  /** Since it was read last. */
  private added = 0;

  constructor(private readonly labels: Labels) {}

  add(count = 1): void {
    this.added += count;
  }

  /** Hands it over. */
  read(counter: Counter): void {
    counter.inc(this.labels, this.added);
    this.added = 0;
  }
}

/**
 * Registers a counter.
 * @returns makes a series of it, which is there from then on; to be called once for the same labels
 */
export function createCounter(
  { registry, ...named }: Described,
  labelNames: readonly string[],
): (labels: Labels) => Count {
  const series: Count[] = [];
  const counter: Counter = new Counter({
    ...named,
    labelNames,
    registers: [registry],
    collect: () => {
      for (const one of series) one.read(counter);
    },
  });
  return (labels) => {
    const one = new Count(labels);
    series.push(one);
    return one;
  };
}

/** A series of a histogram. */
export class Observed {
  /** How many values came to each bucket alone; the last has those above all bounds. */
  private readonly counts: number[];
  private sum = 0;

  constructor(
    private readonly bounds: readonly number[],
    private readonly labels: Labels,
  ) {
    this.counts = Array<number>(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    counts[bucket] = (counts[bucket] as number) + 1;
    this.sum += value;
  }

  /** As it is shown: each bucket with all that are below its bound. @param name of the metric */
  *values(name: string) {
    const { bounds, counts, labels } = this;
    let count = 0;
    for (const [index, own] of counts.entries()) {
      count += own;
      const le = bounds[index] ?? '+Inf';
      yield { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
    }
    yield { metricName: `${name}_sum`, labels, value: this.sum };
    yield { metricName: `${name}_count`, labels, value: count };
  }
}

/**
 * Registers a histogram.
 * @param bounds of the buckets, ascending
 * @returns makes a series of it, which is there from then on; to be called once for the same labels
 */
export function createHistogram(
  { registry, name, help }: Described,
  bounds: readonly number[],
): (labels: Labels) => Observed {
  const series: Observed[] = [];
  const get = () => {
    const values = series.flatMap((one) => [...one.values(name)]);
    return Promise.resolve({ name, help, type: 'histogram', aggregator: 'sum', values });
  };
  // A registry asks a metric for its name and for this alone.
  registry.registerMetric({ name, get } as unknown as Metric);
  return (labels) => {
    const one = new Observed(bounds, labels);
    series.push(one);
    return one;
  };
}
