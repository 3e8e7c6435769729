/** The API keys of a merchant. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { AskButton } from '../parts/ask-button';
import { Badge } from '../parts/badge';
import { Dialog } from '../parts/dialog';
import { Field, Select } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Once } from '../parts/once';
import { PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';

type Key = Answer<'listKeys'>['keys'][number];
type Scope = Key['scope'];

function columnsOf(merchant: string, onDone: () => void): ReadonlyArray<Column<Key>> {
  return [
    { title: 'Name', write: ({ name }) => name },
    { title: 'Scope', write: ({ scope }) => scope },
    {
      title: 'Made',
      show: ({ createdAt, createdBy }) => (
        <>
          <Moment at={createdAt} day /> {createdBy !== undefined && `by ${createdBy}`}
        </>
      ),
      write: ({ createdAt }) => createdAt,
    },
    {
      title: 'Last used',
      show: ({ lastUsedAt }) =>
        lastUsedAt === undefined ? <span class="muted">never</span> : <Moment at={lastUsedAt} />,
      write: ({ lastUsedAt }) => lastUsedAt,
    },
    {
      title: 'State',
      show: ({ revokedAt }) =>
        revokedAt === undefined ? (
          <Badge tone="good">valid</Badge>
        ) : (
          <Badge tone="bad">revoked</Badge>
        ),
      write: ({ revokedAt }) => (revokedAt === undefined ? 'valid' : `revoked ${revokedAt}`),
    },
    {
      title: 'Actions',
      kind: 'actions',
      show: ({ name, revokedAt }) =>
        revokedAt === undefined && (
          <AskButton
            text="Revoke"
            question={`Clients that use the key ${name} are refused from now on.`}
            act={() => send('revokeKey', { merchant, params: { name } })}
            onDone={onDone}
          />
        ),
    },
  ];
}

export function Keys({ merchant }: { readonly merchant: string }) {
  const [turn, setTurn] = useState(0);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<string>();
  const changed = () => setTurn((count) => count + 1);
  return (
    <>
      {made !== undefined && (
        <Once title="The key is made." secret={made} onClose={() => setMade(undefined)} />
      )}
      <PagedList
        title="API keys"
        of={[merchant]}
        turn={turn}
        columns={columnsOf(merchant, changed)}
        keyOf={({ name, createdAt }) => `${name} ${createdAt}`}
        empty="There is no key yet. REST clients send one as X-API-KEY: add one for each."
        fetch={async (lastLoadedId, pageLength, signal) => {
          const { keys, next_page } = await send('listKeys', {
            merchant,
            query: { lastLoadedId, pageLength },
            signal,
          });
          return { rows: keys, next: next_page };
        }}
      />
      <div>
        <button type="button" class="button first" onClick={() => setAdding(true)}>
          Add a key
        </button>
      </div>
      {isAdding && (
        <AddDialog
          merchant={merchant}
          onClose={() => setAdding(false)}
          onDone={(key) => {
            setAdding(false);
            setMade(key);
            changed();
          }}
        />
      )}
    </>
  );
}

interface AddDialogProps {
  readonly merchant: string;
  readonly onClose: () => void;
  readonly onDone: (key: string | undefined) => void;
}

const SCOPES: ReadonlyArray<readonly [Scope, string]> = [
  ['read', 'read: look only'],
  ['write', 'write: change access, too'],
  ['admin', 'admin: keys, offers and endpoints, too'],
];

function AddDialog({ merchant, onClose, onDone }: AddDialogProps) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('write');
  const add = async () => {
    const body: Body<'addKey'> = { name: name.trim(), scope };
    onDone((await send('addKey', { merchant, body })).key);
  };
  return (
    <Dialog title="Add a key" onClose={onClose}>
      <Form verb="Add" act={add}>
        <Field
          label="Name"
          value={name}
          onInput={setName}
          hint="The ledger calls its changes by it."
          maxLength={200}
          required
          isFirst
        />
        <Select
          label="Scope"
          value={scope}
          onChange={(value) => setScope(value as Scope)}
          options={SCOPES}
        />
      </Form>
    </Dialog>
  );
}
