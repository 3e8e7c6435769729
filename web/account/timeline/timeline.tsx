/** The picture of an account's access: a row an entitlement and source, a bar a time that it lasted. */
import { useRef, useState } from 'preact/hooks';
import { type Answer, send } from '../../api/request';
import { useAsked } from '../../api/use-answer';
import { Check } from '../../parts/field';
import { Moment } from '../../parts/moment';
import { Empty, Fault, Waiting } from '../../parts/notice';
import { useKept } from '../../route/kept';
import { Axis } from './axis';
import { type Bar, type Chosen, Details } from './details';
import { moveAmongBars } from './keys';
import { TimelineRow } from './row';
import { around, move, readSpan, type Span, SPANS, wholeOf, writeSpan, zoom } from './scale';
import './timeline.css';

export type Row = Answer<'getTimeline'>['rows'][number];

/** Rows that are fetched at once. */
const ROWS = 50;

interface TimelineProps {
  readonly merchant: string;
  readonly account: string;
  readonly turn: number;
}

type Answered = Answer<'getTimeline'>;

/** Rows of the pages that were fetched. They stay where the next cannot be had. */
function useRows({ merchant, account, turn }: TimelineProps, isActiveOnly: boolean) {
  const key = JSON.stringify([merchant, account, turn, isActiveOnly]);
  const [place, setPlace] = useState<{ key: string; before: Answered }>();
  const before = place?.key === key ? place.before : undefined;
  const after = before?.next_page ?? undefined;
  const asked = useAsked(
    async (signal): Promise<Answered> => {
      const active = isActiveOnly ? true : undefined;
      let lastLoadedId = after;
      for (;;) {
        const query = { pageLength: ROWS, lastLoadedId, active };
        const page = await send('getTimeline', { merchant, params: { account }, query, signal });
        const rows = [...(before?.rows ?? []), ...page.rows];
        // A page is empty, too, where the server has looked at many that are not active.
        if (page.rows.length > 0 || page.next_page === null) return { ...page, rows };
        lastLoadedId = page.next_page;
      }
    },
    [key, after],
  );
  const shown = asked.answer ?? before;
  const more = () => {
    if (asked.problem !== undefined) asked.again();
    else if (shown) setPlace({ key, before: shown });
  };
  return { ...asked, shown, more };
}

export function Timeline(props: TimelineProps) {
  const { merchant } = props;
  const [activeOnly, setActiveOnly] = useKept('active');
  const isActiveOnly = activeOnly !== '';
  const { shown, problem, isLoading, again, more } = useRows(props, isActiveOnly);
  if (!shown)
    return problem === undefined ? <Waiting /> : <Fault problem={problem} again={again} />;
  const { rows, now, next_page: next, completeSince } = shown;
  return (
    <div class="stack">
      {rows.length === 0 ? (
        <Empty>
          {isActiveOnly
            ? 'Nothing is active now.'
            : 'There is nothing to draw: it never had any access.'}
        </Empty>
      ) : (
        <Picture merchant={merchant} rows={rows} now={Date.parse(now)} />
      )}
      <Fault problem={problem} again={again} />
      <div class="row apart">
        <Check
          label="Only what is active now"
          checked={isActiveOnly}
          onChange={(checked) => setActiveOnly(checked ? 'only' : '')}
        />
        {next !== null && (
          <button type="button" class="button" disabled={isLoading} onClick={more}>
            {isLoading ? 'Loading…' : `Show more than ${rows.length} rows`}
          </button>
        )}
      </div>
      {completeSince !== undefined && (
        <p class="muted small">
          Bars are complete from <Moment at={completeSince} /> on; the ledger has what was before.
        </p>
      )}
    </div>
  );
}

interface PictureProps {
  readonly merchant: string;
  readonly rows: readonly Row[];
  readonly now: number;
}

function Picture({ merchant, rows, now }: PictureProps) {
  const [zoomed, setZoomed] = useKept('zoom');
  const span =
    readSpan(zoomed) ??
    wholeOf(
      rows.flatMap(({ bars }) => bars),
      now,
    );
  const setSpan = (to: Span) => setZoomed(writeSpan(to));
  const [chosen, choose] = useState<Chosen>();
  const box = useRef<HTMLDivElement>(null);
  const show = (row: Row, bar: Bar) => choose({ row, bar });
  return (
    <div class="timeline">
      <div class="row" role="group" aria-label="Zoom">
        {SPANS.map(([name, days]) => (
          <button
            key={name}
            type="button"
            class="button small"
            onClick={() => setSpan(around(now, days))}
          >
            {name}
          </button>
        ))}
        <button type="button" class="button small" onClick={() => setZoomed('')}>
          All
        </button>
        <span class="row" role="group" aria-label="Move">
          <IconButton label="Earlier" text="←" onClick={() => setSpan(move(span, -0.25))} />
          <IconButton label="Later" text="→" onClick={() => setSpan(move(span, 0.25))} />
          <IconButton label="Closer" text="+" onClick={() => setSpan(zoom(span, 0.5))} />
          <IconButton label="Wider" text="−" onClick={() => setSpan(zoom(span, 2))} />
        </span>
      </div>
      <div
        class="picture"
        ref={box}
        role="group"
        aria-label="Timeline. Arrow keys move from bar to bar, plus and minus zoom."
        onKeyDown={(event) => {
          if (event.key === '+') setSpan(zoom(span, 0.5));
          else if (event.key === '-') setSpan(zoom(span, 2));
          else moveAmongBars(event, box.current);
        }}
      >
        <Axis span={span} now={now} onMove={setSpan} />
        {rows.map((row, index) => (
          <TimelineRow
            key={`${row.merchantEntitlementId} ${row.source} ${row.sourceId ?? ''}`}
            row={row}
            span={span}
            now={now}
            isFirst={index === 0}
            chosen={chosen?.bar}
            onShow={show}
          />
        ))}
      </div>
      <Details merchant={merchant} chosen={chosen} />
    </div>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly text: string;
  readonly onClick: () => void;
}

function IconButton({ label, text, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      class="button small icon"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {text}
    </button>
  );
}
