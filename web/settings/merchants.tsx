/** The merchants of the server. */
import { useState } from 'preact/hooks';
import { send } from '../api/request';
import { loadSession, useSession } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { Once } from '../parts/once';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';

export function Merchants() {
  const isWhole = useSession()?.allMerchants === true;
  const { answer, problem, again } = useAnswer('listMerchants', {});
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<string>();
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return (
    <>
      {made !== undefined && (
        <Once
          title="The SOAP password was made."
          secret={made}
          onClose={() => setMade(undefined)}
        />
      )}
      {answer.merchants.length === 0 ? (
        <Empty>There is no merchant yet. SOAP clients sign in as one: add it here.</Empty>
      ) : (
        <WholeList
          title="Merchants"
          rows={answer.merchants}
          keyOf={({ login }) => login}
          columns={[
            {
              title: 'Login',
              show: ({ login }) => <a href={at.home(login)}>{login}</a>,
              write: ({ login }) => login,
            },
            {
              title: 'Since',
              show: ({ createdAt }) => <Moment at={createdAt} day />,
              write: ({ createdAt }) => createdAt,
            },
            {
              title: 'Failed payments that revoke',
              kind: 'number',
              write: ({ paymentFailureLimit }) => paymentFailureLimit,
            },
            {
              title: 'Days of grace',
              kind: 'number',
              write: ({ graceDays }) => graceDays,
            },
          ]}
        />
      )}
      {isWhole && (
        <div>
          <button type="button" class="button first" onClick={() => setAdding(true)}>
            Add a merchant
          </button>
        </div>
      )}
      {isAdding && (
        <AddDialog
          onClose={() => setAdding(false)}
          onDone={(password) => {
            setAdding(false);
            setMade(password);
            again();
            // The list of merchants at the top comes with the session.
            void loadSession();
          }}
        />
      )}
    </>
  );
}

interface AddDialogProps {
  readonly onClose: () => void;
  /** @param password that was made */
  readonly onDone: (password: string | undefined) => void;
}

function AddDialog({ onClose, onDone }: AddDialogProps) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const add = async () => {
    const body = { login: login.trim(), password: password === '' ? undefined : password };
    onDone((await send('addMerchant', { body })).password);
  };
  return (
    <Dialog title="Add a merchant" onClose={onClose}>
      <Form verb="Add" act={add}>
        <Field
          label="Login"
          value={login}
          onInput={setLogin}
          hint="SOAP clients send it."
          autoComplete="off"
          required
          isFirst
        />
        <Field
          label="Password"
          type="password"
          value={password}
          onInput={setPassword}
          hint="Nothing: one is made, and shown once."
          autoComplete="new-password"
        />
      </Form>
    </Dialog>
  );
}
