/** A row of the picture: one entitlement by one source. */
import { writeMoment, writeSentence } from '../../parts/moment';
import { isWithin } from './axis';
import type { Bar } from './details';
import { placeOf, type Span } from './scale';
import type { Row } from './timeline';

interface RowProps {
  readonly row: Row;
  readonly span: Span;
  readonly now: number;
  /** Whether the keyboard comes into the picture by its first bar. */
  readonly isFirst: boolean;
  readonly chosen: Bar | undefined;
  readonly onShow: (row: Row, bar: Bar) => void;
}

export function TimelineRow({ row, span, now, isFirst, chosen, onShow }: RowProps) {
  const { merchantEntitlementId: id, bars, text } = row;
  return (
    <div class="line" role="group" aria-label={`${id}: ${text}`}>
      <div class="label">
        <strong>{id}</strong>
        <span>{text}</span>
      </div>
      <div class="track">
        {isWithin(span, now) && <span class="now" style={{ left: `${placeOf(span, now)}%` }} />}
        {bars.map((bar, index) => {
          const place = placeOfBar(bar, span);
          return (
            <button
              key={`${bar.line ?? ''} ${bar.from}`}
              type="button"
              class={`bar ${standingOf(bar, now)}${bar === chosen ? ' chosen' : ''}`}
              style={place}
              // One bar is reached by the tabulator, the others by arrows.
              tabIndex={chosen === bar || (isFirst && index === 0) ? 0 : -1}
              aria-label={describe(row, bar)}
              onFocus={() => onShow(row, bar)}
              onMouseEnter={() => onShow(row, bar)}
              onClick={() => onShow(row, bar)}
            />
          );
        })}
        <Beyond bars={bars} span={span} />
      </div>
    </div>
  );
}

interface BeyondProps {
  readonly bars: readonly Bar[];
  readonly span: Span;
}

/** Says where the bars of a row are that shows none. */
function Beyond({ bars, span }: BeyondProps) {
  if (!bars.every((bar) => isOutside(bar, span))) return null;
  const isEarlier = bars.some(({ to }) => to !== undefined && Date.parse(to) < span.from);
  const where = isEarlier ? '← earlier' : 'later →';
  return <span class="beyond">{bars.length === 0 ? 'never in force' : where}</span>;
}

/** Whether it is over, lasts, or is to come. */
function standingOf({ from, to }: Bar, now: number): 'past' | 'present' | 'coming' {
  if (Date.parse(from) > now) return 'coming';
  return to !== undefined && Date.parse(to) <= now ? 'past' : 'present';
}

function isOutside({ from, to }: Bar, span: Span): boolean {
  return Date.parse(from) > span.to || (to !== undefined && Date.parse(to) < span.from);
}

/** Left edge and width, cut to the span. */
function placeOfBar({ from, to }: Bar, span: Span) {
  const left = Math.max(-1, placeOf(span, Date.parse(from)));
  const right = Math.min(101, to === undefined ? 101 : placeOf(span, Date.parse(to)));
  const isSeen = right > -1 && left < 101;
  return {
    left: `${left}%`,
    width: `${Math.max(0, right - left)}%`,
    display: isSeen ? 'block' : 'none',
  };
}

/** A bar in a sentence, for those who hear it. */
function describe({ merchantEntitlementId, text }: Row, { from, to, why, whyEnd }: Bar): string {
  const end = to === undefined ? 'without end' : `until ${writeMoment(to)}`;
  const reasons = [why, whyEnd].filter((one) => one !== undefined).map(writeSentence);
  return `${merchantEntitlementId}, ${text}: from ${writeMoment(from)} ${end}. ${reasons.join(' ')}`;
}
