/** Data and clock kept under names, and put back. */
import { useState } from 'preact/hooks';
import { send } from '../api/request';
import { useAnswer } from '../api/use-answer';
import { AskButton } from '../parts/ask-button';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { WholeList } from '../parts/whole-list';

interface SnapshotsProps {
  readonly merchant: string;
  /** Data and clock are others now. */
  readonly onDone: () => void;
}

export function Snapshots({ merchant, onDone }: SnapshotsProps) {
  const params = { login: merchant };
  const { answer, problem, again } = useAnswer('listSnapshotsOf', { params });
  const [name, setName] = useState('');
  return (
    <section class="panel" aria-labelledby="snapshots">
      <h2 id="snapshots">Snapshots</h2>
      <Fault problem={problem} again={again} />
      {!answer ? (
        problem === undefined && <Waiting />
      ) : answer.length === 0 ? (
        <Empty>None yet. Keep the data as they are, try something, and put them back.</Empty>
      ) : (
        <WholeList
          title="Snapshots"
          rows={answer}
          keyOf={(snapshot) => snapshot.name}
          columns={[
            {
              title: 'Name',
              write: (snapshot) => snapshot.name,
            },
            {
              title: 'Taken',
              show: ({ takenAt }) => <Moment at={takenAt} exact />,
              write: ({ takenAt }) => takenAt,
            },
            {
              title: 'Rows',
              kind: 'number',
              write: ({ rows }) => rows,
            },
            {
              title: 'Actions',
              kind: 'actions',
              show: (snapshot) => (
                <span class="row">
                  <AskButton
                    text="Put back"
                    question={`All data and the clock of ${merchant} become as they were in ${snapshot.name}.`}
                    act={() =>
                      send('restoreSnapshotOf', { params: { ...params, name: snapshot.name } })
                    }
                    onDone={onDone}
                  />
                  <AskButton
                    text="Forget"
                    question={`The snapshot ${snapshot.name} is gone then; the data stay.`}
                    act={() =>
                      send('deleteSnapshotOf', { params: { ...params, name: snapshot.name } })
                    }
                    onDone={again}
                  />
                </span>
              ),
            },
          ]}
        />
      )}
      <div class="row apart low">
        <Form
          verb="Keep as a snapshot"
          act={() => send('takeSnapshotOf', { params: { ...params, name: name.trim() } })}
          onDone={() => {
            setName('');
            again();
          }}
        >
          <Field label="Name" value={name} onInput={setName} maxLength={100} required />
        </Form>
        <AskButton
          text="Reset all data"
          question={`All data of ${merchant} and its clock go back to the seed, or to nothing where there is none.`}
          act={() => send('resetOf', { params, body: {} })}
          onDone={onDone}
        />
      </div>
    </section>
  );
}
