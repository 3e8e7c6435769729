/** The requests that came to a simulation, and those that are nearly as a test expects. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { useAnswer } from '../api/use-answer';
import { AskButton } from '../parts/ask-button';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';

/** Requests that are shown. */
const SHOWN = 200;

export function Journal({ merchant }: { readonly merchant: string }) {
  const params = { login: merchant };
  const { answer, problem, again } = useAnswer('listRequestsOf', {
    params,
    query: { limit: SHOWN },
  });
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return (
    <>
      <section class="panel" aria-label="Requests">
        <div class="row">
          <button type="button" class="button small" onClick={again}>
            Look again
          </button>
          {answer.length > 0 && (
            <AskButton
              text="Forget the requests"
              question="The journal begins anew; the data stay."
              act={() => send('clearRequestsOf', { params })}
              onDone={again}
            />
          )}
        </div>
        {answer.length === 0 ? (
          <Empty>No request came yet. Point your client at this server, then look again.</Empty>
        ) : (
          <WholeList
            title="Requests"
            rows={[...answer].reverse()}
            keyOf={({ number }) => String(number)}
            columns={[
              {
                title: 'When',
                show: (request) => <Moment at={request.at} exact />,
                write: (request) => request.at,
              },
              {
                title: 'Operation',
                show: ({ id, operation }) => (
                  <a href={at.simulation(merchant, 'journal', id)}>{operation}</a>
                ),
                write: ({ operation }) => operation,
              },
              {
                title: 'Code',
                write: ({ returnCode }) => returnCode,
              },
              {
                title: 'Reply',
                write: ({ returnString }) => returnString,
              },
              {
                title: 'Fields',
                show: ({ fields }) => <code>{JSON.stringify(fields)}</code>,
                write: ({ fields }) => JSON.stringify(fields),
              },
            ]}
          />
        )}
      </section>
      <NearMisses merchant={merchant} />
    </>
  );
}

type Misses = Answer<'listNearMissesOf'>;

function NearMisses({ merchant }: { readonly merchant: string }) {
  const [operation, setOperation] = useState('');
  const [fields, setFields] = useState('');
  const [misses, setMisses] = useState<Misses>();
  const look = async () => {
    const body = {
      operation: operation.trim() === '' ? undefined : operation.trim(),
      fields: readFields(fields),
    } as Body<'listNearMissesOf'>;
    setMisses(await send('listNearMissesOf', { params: { login: merchant }, body }));
  };
  return (
    <section class="panel" aria-labelledby="near">
      <h2 id="near">Near misses</h2>
      <p class="muted">Say what a test expects; the requests that are nearly like it are shown.</p>
      <Form verb="Look" act={look}>
        <Field
          label="Operation"
          value={operation}
          onInput={setOperation}
          hint="Such as revokeEntitlement."
        />
        <Field
          label="Fields"
          value={fields}
          onInput={setFields}
          rows={3}
          hint="One a line: account.merchantAccountId=xyz123"
        />
      </Form>
      {misses?.length === 0 && <Empty>No request comes near it.</Empty>}
      {misses !== undefined && misses.length > 0 && (
        <WholeList
          title="Near misses"
          rows={misses}
          keyOf={({ request }) => String(request.number)}
          columns={[
            {
              title: 'Request',
              show: ({ request }) => (
                <a href={at.simulation(merchant, 'journal', request.id)}>{request.operation}</a>
              ),
              write: ({ request }) => request.operation,
            },
            { title: 'How it differs', write: ({ message }) => message },
          ]}
        />
      )}
    </section>
  );
}

/** Names and values of lines `name=value`; undefined: none. */
function readFields(text: string): Readonly<Record<string, string>> | undefined {
  const lines = text.split('\n').filter((line) => line.includes('='));
  if (lines.length === 0) return undefined;
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf('=')).trim(),
      line.slice(line.indexOf('=') + 1).trim(),
    ]),
  );
}
