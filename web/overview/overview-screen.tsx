/** How the server does: calls, access, changes, failed payments, endpoints, size; of the last hour, day or month. */
import { type Answer } from '../api/request';
import { useAnswer, useLooks } from '../api/use-answer';
import { State } from '../parts/badge';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import { WholeList } from '../parts/whole-list';
import { Tabs } from '../parts/tabs';
import { at } from '../route/screens';
import type { ScreenProps } from '../shell/screen-view';
import { Chart } from './chart';
import { Figures } from './figures';
import './overview.css';

type Overview = Answer<'getOverview'>;

const SPANS = [
  ['hour', 'Hour'],
  ['day', 'Day'],
  ['month', 'Month'],
] as const;

/** Milliseconds between two looks, and while a count goes on. */
const EACH = 30_000;
const SOON = 2000;

export function OverviewScreen({ merchant, query }: ScreenProps) {
  const asked = query.get('span');
  const span = SPANS.find(([name]) => name === asked)?.[0] ?? 'day';
  return (
    <div class="stack">
      <PageHead title="Overview" />
      <Tabs
        label="Time"
        tabs={SPANS.map(([name, text]) => ({
          text,
          href: `${at.overview(merchant)}?span=${name}`,
          isHere: name === span,
        }))}
      />
      {/* The figures of another span are not shown under this one's name. */}
      <OfSpan key={span} merchant={merchant} span={span} />
    </div>
  );
}

interface OfSpanProps {
  readonly merchant: string;
  readonly span: (typeof SPANS)[number][0];
}

function OfSpan({ merchant, span }: OfSpanProps) {
  const asked = useAnswer('getOverview', { merchant, query: { span } });
  const { answer, problem, again } = asked;
  const isCut = answer !== undefined && (answer.active.isCut || answer.changesCut);
  useLooks(asked, isCut ? SOON : EACH);
  return (
    <>
      <Fault problem={problem} again={again} />
      {answer ? (
        <Pictures merchant={merchant} overview={answer} />
      ) : (
        problem === undefined && <Waiting />
      )}
    </>
  );
}

interface PicturesProps {
  readonly merchant: string;
  readonly overview: Overview;
}

function Pictures({ merchant, overview }: PicturesProps) {
  const { from, step, calls, active, changes, changesCut, endpoints } = overview;
  const axis = { from: Date.parse(from), step };
  return (
    <>
      <Figures overview={overview} />
      <div class="charts">
        <section class="panel" aria-labelledby="calls">
          <h2 id="calls">Calls by code</h2>
          <Chart
            {...axis}
            title="Calls by code"
            kind="bars"
            series={calls.map(({ code, counts }) => ({ name: code, counts }))}
            empty="No call came in this time."
          />
          <p class="muted small">Since this process started.</p>
        </section>
        <section class="panel" aria-labelledby="active">
          <h2 id="active">Active entitlements</h2>
          <Chart
            {...axis}
            title="Active entitlements"
            kind="line"
            series={[{ name: 'active', counts: active.counts }]}
            empty="There are no entitlements yet."
          />
        </section>
        <section class="panel" aria-labelledby="changes">
          <h2 id="changes">Changes</h2>
          <Chart
            {...axis}
            title="Changes by kind and reason"
            kind="bars"
            series={changes.map(({ action, reason, counts }) => ({
              name: reason === undefined ? action : `${action}: ${reason.replaceAll('_', ' ')}`,
              counts,
            }))}
            empty="Nothing changed in this time."
          />
          {changesCut && (
            <p class="muted small">
              Older changes are still being counted; this page looks again by itself.
            </p>
          )}
        </section>
        <Endpoints merchant={merchant} endpoints={endpoints} />
      </div>
    </>
  );
}

interface EndpointsProps {
  readonly merchant: string;
  readonly endpoints: Overview['endpoints'];
}

function Endpoints({ merchant, endpoints }: EndpointsProps) {
  return (
    <section class="panel" aria-labelledby="endpoints">
      <h2 id="endpoints">Endpoints in trouble</h2>
      {endpoints.length === 0 ? (
        <Empty>
          None. <a href={at.events(merchant)}>All endpoints</a>
        </Empty>
      ) : (
        <WholeList
          title="Endpoints in trouble"
          rows={endpoints}
          keyOf={({ id }) => id}
          columns={[
            {
              title: 'Endpoint',
              show: ({ id, kind, url }) => (
                <a href={at.events(merchant, kind === 'push' ? 'push' : 'webhooks', id)}>{url}</a>
              ),
              write: ({ url }) => url,
            },
            {
              title: 'State',
              show: ({ state }) => <State of={state} />,
              write: ({ state }) => state,
            },
            {
              title: 'Since',
              show: ({ since }) => <Moment at={since} />,
              write: ({ since }) => since,
            },
            { title: 'Waiting', kind: 'number', write: ({ waiting }) => waiting },
          ]}
        />
      )}
    </section>
  );
}
