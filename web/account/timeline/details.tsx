/** What a bar of the picture is, and why it begins and ends. */
import { Moment, Sentence } from '../../parts/moment';
import type { Row } from './timeline';

export type Bar = Row['bars'][number];

/** The bar that the pointer or the keyboard is at. */
export interface Chosen {
  readonly row: Row;
  readonly bar: Bar;
}

interface DetailsProps {
  readonly merchant: string;
  readonly chosen: Chosen | undefined;
}

export function Details({ merchant, chosen }: DetailsProps) {
  if (!chosen) {
    return (
      <p class="details muted">
        Point at a bar, or move there by keyboard, to read why it is there.
      </p>
    );
  }
  const { row, bar } = chosen;
  const { from, to, why, whyEnd, line, endLine } = bar;
  return (
    <div class="details">
      <p>
        <strong>{row.merchantEntitlementId}</strong> {row.text}: <Moment at={from} /> –{' '}
        {to === undefined ? 'without end' : <Moment at={to} />}
      </p>
      <p class="small">
        <Reason merchant={merchant} text={why} line={line} />
      </p>
      <p class="small">
        <Reason merchant={merchant} text={whyEnd} line={endLine} />
      </p>
    </div>
  );
}

interface ReasonProps {
  readonly merchant: string;
  readonly text: string | undefined;
  /** The line of the ledger that says it; it is shown below. */
  readonly line: string | undefined;
}

function Reason({ merchant, text, line }: ReasonProps) {
  return (
    <>
      {text !== undefined && <Sentence text={text} merchant={merchant} />}{' '}
      {line !== undefined && <a href={`#line-${line}`}>Line {line}</a>}
    </>
  );
}
