/** A picture of counts over time: stacked bars or a line. Its values can be read by keyboard, and as a table. */
import { useState } from 'preact/hooks';
import { writeMoment } from '../parts/moment';
import { Empty } from '../parts/notice';
import { textWidth } from '../parts/text-width';
import { useWidth } from '../parts/use-width';
import { endsOf, niceTop, pathOf, type Series, stack } from './plot';

interface ChartProps {
  readonly title: string;
  /** UTC milliseconds of the first point. */
  readonly from: number;
  /** Seconds between points. */
  readonly step: number;
  readonly kind: 'bars' | 'line';
  readonly series: readonly Series[];
  /** What is said where there is nothing. */
  readonly empty: string;
}

const HEIGHT = 190;
/** Pixels below which it is drawn smaller rather than laid out anew. */
const NARROWEST = 220;
/** The least room for the numbers, so that pictures beneath each other begin at one place. */
const LEFT = 44;
/** Between a number and the lines. */
const GAP = 6;
const BOTTOM = 20;
const TOP = 8;

/** Height of the axes' letters, in rem; overview.css has the same. */
const LETTERS = 0.75;
const measure = (text: string) => textWidth(text, LETTERS);

/** The colours; a sixth series is drawn as the first. */
const COLOURS = [1, 2, 3, 4, 5].map((number) => `var(--series-${number})`);
const colourOf = (index: number) => COLOURS[index % COLOURS.length];

export function Chart({ title, from, step, kind, series, empty }: ChartProps) {
  const { element: box, width: found } = useWidth(560);
  const width = Math.max(NARROWEST, found);
  const [pointed, point] = useState<number>();
  const points = Math.max(0, ...series.map(({ counts }) => counts.length));
  const isEmpty = series.every(({ counts }) => counts.every((count) => !count));
  if (points === 0 || isEmpty) {
    return (
      <div class="chart" ref={box}>
        <Empty>{empty}</Empty>
      </div>
    );
  }
  const timeOf = (index: number) => from + index * step * 1000;
  const momentOf = (index: number) => writeMoment(timeOf(index));
  const stacked = stack(series, points);
  const top = niceTop(Math.max(1, ...(stacked.at(-1)?.map(([, high]) => high) ?? [])));
  const marks = [0, top / 2, top].map((value) => ({ value, text: value.toLocaleString() }));
  const left = Math.max(LEFT, ...marks.map(({ text }) => measure(text) + GAP));
  const ends = endsOf(timeOf(0), timeOf(points - 1), width - left, measure);
  const at = pointed ?? points - 1;
  const told = series.map(({ name, counts }) => `${name}: ${counts[at] ?? 'not known'}`).join(', ');
  return (
    <div class="chart" ref={box}>
      <div
        role="slider"
        aria-readonly="true"
        tabIndex={0}
        aria-label={`${title}, by time`}
        aria-valuemin={0}
        aria-valuemax={points - 1}
        aria-valuenow={at}
        aria-valuetext={`${momentOf(at)}: ${told}`}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1, Home: -points, End: points }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          point(Math.max(0, Math.min(points - 1, at + by)));
        }}
        onMouseMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - box.left - left) / (width - left);
          point(Math.max(0, Math.min(points - 1, Math.floor(share * points))));
        }}
        onMouseLeave={() => point(undefined)}
      >
        <Drawing {...{ width, left, points, kind, series, stacked, top, marks, ends, pointed }} />
      </div>
      <p class="told">{pointed === undefined ? ' ' : `${momentOf(pointed)}: ${told}`}</p>
      {(series.length > 1 || kind === 'bars') && (
        <ul class="legend">
          {series.map(({ name }, index) => (
            <li key={name}>
              <svg viewBox="0 0 10 10" aria-hidden="true">
                <rect width="10" height="10" rx="2" fill={colourOf(index)} />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface DrawingProps {
  readonly width: number;
  /** Where the lines begin. */
  readonly left: number;
  readonly points: number;
  readonly kind: 'bars' | 'line';
  readonly series: readonly Series[];
  readonly stacked: ReturnType<typeof stack>;
  readonly top: number;
  readonly marks: ReadonlyArray<{ readonly value: number; readonly text: string }>;
  readonly ends: ReturnType<typeof endsOf>;
  readonly pointed: number | undefined;
}

function Drawing(props: DrawingProps) {
  const { width, left, points, kind, series, stacked, top, marks, ends, pointed } = props;
  const inner = { width: width - left, height: HEIGHT - TOP - BOTTOM };
  const each = inner.width / points;
  const y = (value: number) => TOP + inner.height * (1 - value / top);
  return (
    <svg viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {marks.map(({ value, text }) => (
        <g key={value}>
          <line class="grid" x1={left} x2={width} y1={y(value)} y2={y(value)} />
          <text x={left - GAP} y={y(value) + 4} text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      <text x={left} y={HEIGHT - 4}>
        {ends.first}
      </text>
      <text x={width} y={HEIGHT - 4} text-anchor="end">
        {ends.last}
      </text>
      {kind === 'bars'
        ? stacked.map((column, index) => (
            <g key={index} fill={colourOf(index)}>
              {column.map(([low, high], point) => {
                const height = y(low) - y(high);
                return height > 0 ? (
                  <rect
                    key={point}
                    x={left + point * each + each * 0.1}
                    y={y(high)}
                    width={Math.max(1, each * 0.8)}
                    height={height}
                  />
                ) : null;
              })}
            </g>
          ))
        : series.map(({ name, counts }, index) => (
            <path
              key={name}
              class="line"
              stroke={colourOf(index)}
              d={pathOf(counts, (point) => left + (point + 0.5) * each, y)}
            />
          ))}
      {pointed !== undefined && (
        <rect
          class="pointed"
          x={left + pointed * each}
          y={TOP}
          width={each}
          height={inner.height}
        />
      )}
    </svg>
  );
}
