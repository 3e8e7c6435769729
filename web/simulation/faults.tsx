/** Faults on demand. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { useAnswer } from '../api/use-answer';
import { AskButton } from '../parts/ask-button';
import { Dialog } from '../parts/dialog';
import { Field, Select } from '../parts/field';
import { Form } from '../parts/form';
import { Empty, Fault, Waiting } from '../parts/notice';
import { WholeList } from '../parts/whole-list';

type Ordered = Answer<'listFaultsOf'>[number];
type OneFault = Body<'putFaultsOf'>[number];

/** What can go wrong, by the field of a fault that says so. */
const KINDS = [
  ['returnCode', 'a refusal with a returnCode'],
  ['status', 'an HTTP status'],
  ['delay', 'a delay'],
  ['EMPTY_RESPONSE', 'no reply: the connection is closed'],
  ['CONNECTION_RESET_BY_PEER', 'the connection is reset'],
  ['CUT_BODY', 'a reply that is cut off'],
  ['RANDOM_DATA_THEN_CLOSE', 'bytes that are no reply'],
] as const;
type Kind = (typeof KINDS)[number][0];

export function Faults({ merchant }: { readonly merchant: string }) {
  const params = { login: merchant };
  const { answer, problem, again } = useAnswer('listFaultsOf', { params });
  const [isAdding, setAdding] = useState(false);
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  const put = (faults: readonly OneFault[]) => send('putFaultsOf', { params, body: faults });
  const present = answer.map(({ fault }) => fault);
  return (
    <section class="panel" aria-label="Faults">
      {answer.length === 0 ? (
        <Empty>Nothing goes wrong on purpose. A fault strikes the calls that you choose.</Empty>
      ) : (
        <WholeList<Ordered>
          title="Faults"
          rows={answer}
          keyOf={(ordered) => String(answer.indexOf(ordered))}
          columns={[
            {
              title: 'Operation',
              write: ({ fault }) => fault.operation ?? 'all',
            },
            {
              title: 'Fault',
              show: ({ fault }) => <code>{wordsOf(fault)}</code>,
              write: ({ fault }) => wordsOf(fault),
            },
            {
              title: 'Matched',
              kind: 'number',
              write: ({ matched }) => matched,
            },
            {
              title: 'Struck',
              kind: 'number',
              write: ({ struck }) => struck,
            },
            {
              title: 'Actions',
              kind: 'actions',
              show: (ordered) => (
                <AskButton
                  text="Take away"
                  question="Calls are carried out as usual again."
                  act={() => put(present.filter((_fault, index) => answer[index] !== ordered))}
                  onDone={again}
                />
              ),
            },
          ]}
        />
      )}
      <div>
        <button type="button" class="button first" onClick={() => setAdding(true)}>
          Add a fault
        </button>
      </div>
      {isAdding && (
        <AddDialog
          act={(fault) => put([...present, fault])}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            again();
          }}
        />
      )}
    </section>
  );
}

/** A fault without the calls that it is meant for. */
function wordsOf(fault: OneFault): string {
  return JSON.stringify({ ...fault, operation: undefined });
}

interface AddDialogProps {
  readonly act: (fault: OneFault) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function AddDialog({ act, onClose, onDone }: AddDialogProps) {
  const [operation, setOperation] = useState('');
  const [kind, setKind] = useState<Kind>('returnCode');
  const [number, setNumber] = useState('500');
  const [times, setTimes] = useState('1');
  const [when, setWhen] = useState('before');
  const isNumber = kind === 'returnCode' || kind === 'status' || kind === 'delay';
  const fault = {
    ...(operation.trim() === '' ? {} : { operation: operation.trim() }),
    ...(isNumber ? { [kind]: Number(number) } : { fault: kind }),
    ...(times === '' ? {} : { times: Number(times) }),
    ...(kind === 'CUT_BODY' ? {} : { when }),
  } as OneFault;
  return (
    <Dialog title="Add a fault" onClose={onClose}>
      <Form verb="Add" act={() => act(fault)} onDone={onDone}>
        <Field
          label="Operation"
          value={operation}
          onInput={setOperation}
          hint="Such as revokeEntitlement. Nothing: all calls."
          isFirst
        />
        <Select
          label="What goes wrong"
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          options={KINDS}
        />
        {isNumber && (
          <Field
            label={kind === 'delay' ? 'Milliseconds' : 'Code'}
            type="number"
            value={number}
            onInput={setNumber}
            required
          />
        )}
        <Select
          label="When"
          value={when}
          onChange={setWhen}
          options={[
            ['before', 'before the call is carried out: nothing is kept'],
            ['after', 'after it was kept: only the answer is lost'],
          ]}
        />
        <Field
          label="Times"
          type="number"
          min={1}
          value={times}
          onInput={setTimes}
          hint="Nothing: each time."
        />
      </Form>
    </Dialog>
  );
}
