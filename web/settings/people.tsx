/** The people who may sign in here. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { useSession } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { AskButton } from '../parts/ask-button';
import { Dialog } from '../parts/dialog';
import { Field, Select } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { Once } from '../parts/once';
import { WholeList } from '../parts/whole-list';

type Person = Answer<'listPeople'>['people'][number];
type Role = Person['role'];

const ROLES: ReadonlyArray<readonly [Role, string]> = [
  ['viewer', 'viewer: looks only'],
  ['support', 'support: changes access, too'],
  ['admin', 'admin: keys, people, offers and endpoints, too'],
];

export function People() {
  const session = useSession();
  const isWhole = session?.allMerchants === true;
  const { answer, problem, again } = useAnswer('listPeople', isWhole ? {} : undefined);
  const [open, setOpen] = useState<Person | 'new'>();
  const [made, setMade] = useState<string>();
  if (!isWhole) return <Empty>An admin of all merchants says who may sign in.</Empty>;
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  const people = answer.people.filter(({ removedAt }) => removedAt === undefined);
  return (
    <>
      {made !== undefined && (
        <Once title="The password was made." secret={made} onClose={() => setMade(undefined)} />
      )}
      <WholeList
        title="People"
        rows={people}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Name', write: ({ name }) => name },
          { title: 'Role', write: ({ role }) => role },
          { title: 'Merchants', show: merchantsOf, write: merchantsOf },
          {
            title: 'Last seen',
            show: ({ lastSeenAt }) =>
              lastSeenAt === undefined ? (
                <span class="muted">never</span>
              ) : (
                <Moment at={lastSeenAt} />
              ),
            write: ({ lastSeenAt }) => lastSeenAt,
          },
          {
            title: 'Actions',
            kind: 'actions',
            show: (person) => (
              <span class="row">
                <button type="button" class="button small" onClick={() => setOpen(person)}>
                  Change
                </button>
                {person.name !== session.name && (
                  <AskButton
                    text="Remove"
                    question={`${person.name} is signed out, and cannot sign in any more.`}
                    act={() => send('removePerson', { params: { name: person.name } })}
                    onDone={again}
                  />
                )}
              </span>
            ),
          },
        ]}
      />
      <div>
        <button type="button" class="button first" onClick={() => setOpen('new')}>
          Add a person
        </button>
      </div>
      {open !== undefined && (
        <PersonDialog
          person={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
          onDone={(password) => {
            setOpen(undefined);
            setMade(password);
            again();
          }}
        />
      )}
    </>
  );
}

function merchantsOf({ allMerchants, merchants }: Person): string {
  return allMerchants ? 'all' : merchants.join(', ');
}

interface PersonDialogProps {
  /** undefined: a new one. */
  readonly person: Person | undefined;
  readonly onClose: () => void;
  /** @param password that was made */
  readonly onDone: (password: string | undefined) => void;
}

function PersonDialog({ person, onClose, onDone }: PersonDialogProps) {
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState<Role>(person?.role ?? 'support');
  const [logins, setLogins] = useState(
    person?.allMerchants === false ? person.merchants.join(', ') : '',
  );
  const [password, setPassword] = useState('');
  const listed = logins
    .split(',')
    .map((login) => login.trim())
    .filter((login) => login !== '');
  const given = { role, ...(password === '' ? {} : { password }) };
  const save = async () => {
    if (person) {
      const merchants = listed.length === 0 ? null : listed;
      const body: Body<'changePerson'> = { ...given, merchants };
      await send('changePerson', { params: { name: person.name }, body });
      onDone(undefined);
    } else {
      const merchants = listed.length === 0 ? undefined : listed;
      const body: Body<'addPerson'> = { ...given, name: name.trim(), merchants };
      onDone((await send('addPerson', { body })).password);
    }
  };
  return (
    <Dialog title={person ? `Change ${person.name}` : 'Add a person'} onClose={onClose}>
      <Form verb={person ? 'Change' : 'Add'} act={save}>
        {!person && (
          <Field
            label="Name"
            value={name}
            onInput={setName}
            hint="The ledger has it beside each change."
            autoComplete="off"
            required
            isFirst
          />
        )}
        <Select
          label="Role"
          value={role}
          onChange={(value) => setRole(value as Role)}
          options={ROLES}
        />
        <Field
          label="Merchants"
          value={logins}
          onInput={setLogins}
          hint="Logins, separated by commas. Nothing: all."
        />
        <Field
          label={person ? 'New password' : 'Password'}
          type="password"
          value={password}
          onInput={setPassword}
          hint={person ? 'Nothing: it stays.' : 'Nothing: one is made, and shown once.'}
          autoComplete="new-password"
        />
      </Form>
    </Dialog>
  );
}
