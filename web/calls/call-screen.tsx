/** One call: what was asked and answered, in words and as it was sent; what it changed. */
import { useState } from 'preact/hooks';
import { lineColumns } from '../account/ledger';
import { type Answer, Problem, send } from '../api/request';
import { useAnswer } from '../api/use-answer';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import { PagedList } from '../parts/paged-list';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';
import type { ScreenProps } from '../shell/screen-view';
import { callerOf, Code, nameOf } from './call-columns';
import { curlOf, isBodyMissing } from './curl';
import { Fields } from './fields';
import './calls.css';

type Call = Answer<'getCall'>;

export function CallScreen({ merchant, rest }: ScreenProps) {
  const [id = ''] = rest;
  const { answer, problem, again } = useAnswer('getCall', { merchant, params: { id } });
  if (problem instanceof Problem && problem.status === 404) {
    return <ForgottenCall merchant={merchant} id={id} />;
  }
  if (problem !== undefined) {
    return (
      <div class="stack">
        <PageHead title="Call" />
        <Fault problem={problem} again={again} />
      </div>
    );
  }
  if (!answer) return <Waiting />;
  return (
    <div class="stack">
      <PageHead title={nameOf(answer.operation)}>
        <CopyButton call={answer} />
      </PageHead>
      <CallFacts call={answer} />
      <section class="panel" aria-labelledby="changed">
        <h2 id="changed">What it changed</h2>
        {answer.changed.length === 0 ? (
          <Empty>Nothing.</Empty>
        ) : (
          <WholeList
            title="What it changed"
            rows={answer.changed}
            keyOf={(line) => line.id}
            columns={lineColumns(merchant, true)}
          />
        )}
      </section>
      <div class="beside">
        <section class="panel" aria-labelledby="request">
          <h2 id="request">Request</h2>
          {answer.fields !== undefined && <Fields value={answer.fields} />}
          <Raw title="Request as it was sent" text={answer.request} />
        </section>
        <section class="panel" aria-labelledby="reply">
          <h2 id="reply">Reply</h2>
          {answer.answer !== undefined && <Fields value={answer.answer} />}
          <Raw
            title="Reply as it was sent"
            text={answer.reply}
            isOpen={answer.answer === undefined}
          />
        </section>
      </div>
      {answer.isCut && (
        <p class="muted">
          Request or reply was not kept: it was too long, or did not come to its end.
        </p>
      )}
    </div>
  );
}

/** A call whose request and reply are kept no more: the ledger has what it changed, for ever. */
function ForgottenCall({ merchant, id }: { readonly merchant: string; readonly id: string }) {
  return (
    <div class="stack">
      <PageHead title="Call" />
      <p class="id">{id}</p>
      <p>
        Its request and reply are not kept: calls are for a time only.{' '}
        <a href={at.calls(merchant)}>The list of calls</a> shows those that are.
      </p>
      <section class="panel" aria-labelledby="changed">
        <h2 id="changed">What it changed</h2>
        <PagedList
          title="What it changed"
          of={[merchant, id]}
          columns={lineColumns(merchant, true)}
          keyOf={(line) => line.id}
          empty="Nothing."
          fetch={async (lastLoadedId, pageLength, signal) => {
            const query = { soapId: id, lastLoadedId, pageLength };
            const { lines, next_page } = await send('listAuditLines', { merchant, query, signal });
            return { rows: lines, next: next_page };
          }}
        />
      </section>
    </div>
  );
}

function CallFacts({ call }: { readonly call: Call }) {
  const facts = [
    ['Code', <Code code={call.code} />],
    ['Message', call.message],
    ['When', <Moment at={call.at} exact />],
    ['Took', `${Math.round(call.ms)} ms`],
    ['By', callerOf(call)],
    ['Address', call.address],
    ['Version', call.version],
    ['Id', <span class="id">{call.id}</span>],
  ] as const;
  return (
    <section class="panel" aria-label="The call">
      <dl class="facts">
        {facts.map(
          ([title, value]) =>
            value !== undefined &&
            value !== '' && (
              <>
                <dt>{title}</dt>
                <dd>{value}</dd>
              </>
            ),
        )}
      </dl>
    </section>
  );
}

interface RawProps {
  readonly title: string;
  readonly text: string | undefined;
  readonly isOpen?: boolean;
}

function Raw({ title, text, isOpen = false }: RawProps) {
  if (text === undefined || text === '') return <p class="muted">Nothing was kept.</p>;
  return (
    <details open={isOpen}>
      <summary>As it was sent</summary>
      <pre tabIndex={0} role="region" aria-label={title}>
        {text}
      </pre>
    </details>
  );
}

function CopyButton({ call }: { readonly call: Call }) {
  const [state, setState] = useState<'ready' | 'copied' | 'shown'>('ready');
  const command = curlOf(call, location.origin);
  const copy = () => {
    // Browsers give the clipboard to pages that came over https, or from this machine, alone.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) setState('shown');
    else
      clipboard.writeText(command).then(
        () => setState('copied'),
        () => setState('shown'),
      );
  };
  return (
    <div class="stack">
      <button type="button" class="button" onClick={copy}>
        Copy as curl
      </button>
      <span role="status" class="small">
        {state === 'copied' && 'Copied. Put the password or key in where *** stands.'}
        {state !== 'ready' &&
          isBodyMissing(call) &&
          ' The body was too long, or no text that passwords can be taken out of: it is not kept.'}
      </span>
      {state === 'shown' && <pre>{command}</pre>}
    </div>
  );
}
