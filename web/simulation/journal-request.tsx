/** One request of the journal: its bytes, its reply, what a strict reading objects to, what it changed. */
import { useAnswer } from '../api/use-answer';
import { Fields } from '../calls/fields';
import '../calls/calls.css';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { PageHead } from '../parts/page-head';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';

interface JournalRequestProps {
  readonly merchant: string;
  readonly id: string;
}

export function JournalRequest({ merchant, id }: JournalRequestProps) {
  const { answer, problem, again } = useAnswer('getRequestOf', { params: { login: merchant, id } });
  const back = <a href={at.simulation(merchant, 'journal')}>The journal</a>;
  if (problem !== undefined) {
    return (
      <div class="stack">
        <PageHead title="Request">{back}</PageHead>
        <Fault problem={problem} again={again} />
      </div>
    );
  }
  if (!answer) return <Waiting />;
  const { operation, returnCode, returnString, fields, raw, reply, problems, changed } = answer;
  return (
    <div class="stack">
      <PageHead title={operation}>{back}</PageHead>
      <section class="panel" aria-label="Request">
        <dl class="facts">
          <dt>When</dt>
          <dd>
            <Moment at={answer.at} exact />
          </dd>
          <dt>Reply</dt>
          <dd>
            {returnCode} {returnString}
          </dd>
          <dt>Id</dt>
          <dd class="id">{answer.id}</dd>
        </dl>
        <Fields value={fields} />
      </section>
      {problems.length > 0 && (
        <section class="panel" aria-labelledby="problems">
          <h2 id="problems">What a strict reading objects to</h2>
          <WholeList
            title="Objections"
            rows={problems}
            keyOf={(one) => one}
            columns={[{ title: 'Objection', write: (one) => one }]}
          />
        </section>
      )}
      <section class="panel" aria-labelledby="changed">
        <h2 id="changed">What it changed</h2>
        {changed.length === 0 ? (
          <Empty>Nothing.</Empty>
        ) : (
          <WholeList
            title="What it changed"
            rows={changed}
            keyOf={(one) => JSON.stringify(one)}
            columns={[
              { title: 'Account', write: ({ account }) => account },
              { title: 'Entitlement', write: ({ entitlement }) => entitlement },
              { title: 'What', write: ({ action }) => action },
            ]}
          />
        )}
      </section>
      <div class="beside">
        <section class="panel" aria-labelledby="raw">
          <h2 id="raw">Request as it was sent</h2>
          <pre tabIndex={0} role="group" aria-labelledby="raw">
            {raw}
          </pre>
        </section>
        <section class="panel" aria-labelledby="reply">
          <h2 id="reply">Reply as it was sent</h2>
          <pre tabIndex={0} role="group" aria-labelledby="reply">
            {reply?.body}
          </pre>
        </section>
      </div>
    </div>
  );
}
