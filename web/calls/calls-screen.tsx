/** The last calls, by whatever is known of them. */
import { useState } from 'preact/hooks';
import { momentOf, typedOf } from '../act/moment-field';
import { send } from '../api/request';
import { Field } from '../parts/field';
import { Moment } from '../parts/moment';
import { PageHead } from '../parts/page-head';
import { PagedList } from '../parts/paged-list';
import { changeQuery } from '../route/place';
import type { ScreenProps } from '../shell/screen-view';
import { callColumns } from './call-columns';
import './calls.css';

/** What one can look for; each is a parameter of the address, so that it can be sent to others. */
const FILTERS = [
  ['soapId', 'Id'],
  ['operation', 'Operation'],
  ['code', 'Code'],
  ['login', 'Login'],
  ['address', 'Address'],
  ['from', 'From'],
  ['to', 'To'],
] as const;

/** Those that are moments: typed in the browser's zone, and told to others as what they are everywhere. */
const MOMENTS: readonly string[] = ['from', 'to'];

type Filters = Record<(typeof FILTERS)[number][0], string>;

export function CallsScreen({ merchant, query }: ScreenProps) {
  const [kept, setKept] = useState<KeptProps>();
  const [typed, setTyped] = useState<Filters>(
    () =>
      Object.fromEntries(
        FILTERS.map(([name]) => {
          const value = query.get(name)?.trim() ?? '';
          return [name, MOMENTS.includes(name) ? typedOf(momentOf(value)) : value];
        }),
      ) as Filters,
  );
  const given = Object.fromEntries(FILTERS.map(([name]) => [name, query.get(name) ?? undefined]));
  const isFiltered = FILTERS.some(([name]) => query.get(name) !== null);
  const look = (event: Event) => {
    event.preventDefault();
    changeQuery({ ...typed, from: momentOf(typed.from), to: momentOf(typed.to) });
  };
  return (
    <div class="stack">
      <PageHead title="Calls" below={kept && <Kept {...kept} />} />
      <form class="panel filters" onSubmit={look}>
        {FILTERS.map(([name, label]) => (
          <Field
            key={name}
            label={label}
            type={MOMENTS.includes(name) ? 'datetime-local' : 'text'}
            value={typed[name]}
            onInput={(value) => setTyped({ ...typed, [name]: value.trim() })}
          />
        ))}
        <div class="row">
          <button class="button first">Look</button>
          {isFiltered && (
            <button
              type="button"
              class="button"
              onClick={() => {
                const none = Object.fromEntries(FILTERS.map(([name]) => [name, ''])) as Filters;
                setTyped(none);
                changeQuery(none);
              }}
            >
              All calls
            </button>
          )}
        </div>
      </form>
      <section class="panel" aria-label="Calls">
        <PagedList
          title="Calls"
          of={[merchant, given]}
          columns={callColumns(merchant)}
          keyOf={({ id }) => id}
          empty={
            isFiltered
              ? 'No call that is kept is like this.'
              : 'No call came since the server began to keep them. Send one: GET /v1/access, say.'
          }
          fetch={async (lastLoadedId, pageLength, signal) => {
            const { calls, next_page, ...page } = await send('listCalls', {
              merchant,
              query: { ...given, lastLoadedId, pageLength },
              signal,
            });
            setKept(page);
            return { rows: calls, next: next_page };
          }}
        />
      </section>
    </div>
  );
}

interface KeptProps {
  readonly kept: string;
  readonly since?: string | undefined;
}

/** How long calls are kept, by the setting. */
function Kept({ kept, since }: KeptProps) {
  if (kept === 'off') {
    return (
      <p class="notice warn">
        Calls are not kept: the server runs with <code>LATCHKEY_CALLS=off</code>. Start it with{' '}
        <code>LATCHKEY_CALLS=1000</code> to see the last thousand.
      </p>
    );
  }
  return (
    <p class="muted">
      {kept.endsWith('d')
        ? `The calls of ${kept.slice(0, -1)} days are kept`
        : `The last ${kept} calls are kept`}
      {since !== undefined && (
        <>
          ; the oldest is of <Moment at={since} />
        </>
      )}
      . Passwords and payment data are taken out.
    </p>
  );
}
