/** The webhooks of a merchant. */
import { useState } from 'preact/hooks';
import { type Body, send } from '../api/request';
import { may } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { State } from '../parts/badge';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { Once } from '../parts/once';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';
import { readTypes, TypesField } from './types-field';

type NewWebhook = Body<'addWebhook'>;

export function Webhooks({ merchant }: { readonly merchant: string }) {
  const { answer, problem, again } = useAnswer('listWebhooks', { merchant });
  const [isAdding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string>();
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return (
    <section class="panel" aria-label="Webhooks">
      {secret !== undefined && (
        <Once
          title="The secret that signs its messages."
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
      {answer.webhooks.length === 0 ? (
        <Empty>
          No program gets events yet. A webhook sends them, signed, to an address of yours.
        </Empty>
      ) : (
        <WholeList
          title="Webhooks"
          rows={answer.webhooks}
          keyOf={({ id }) => id}
          columns={[
            {
              title: 'Address',
              show: ({ id, url }) => <a href={at.events(merchant, 'webhooks', id)}>{url}</a>,
              write: ({ url }) => url,
            },
            {
              title: 'For',
              write: ({ description }) => description,
            },
            {
              title: 'State',
              show: ({ state }) => <State of={state} />,
              write: ({ state }) => state,
            },
            {
              title: 'Types',
              show: ({ types }) => types?.join(', ') ?? 'all',
              write: ({ types }) => types?.join(' ') ?? 'all',
            },
            {
              title: 'Waiting',
              kind: 'number',
              write: ({ waiting }) => waiting,
            },
            {
              title: 'Since',
              show: ({ createdAt }) => <Moment at={createdAt} day />,
              write: ({ createdAt }) => createdAt,
            },
          ]}
        />
      )}
      {may('admin') && (
        <div>
          <button type="button" class="button first" onClick={() => setAdding(true)}>
            Add a webhook
          </button>
        </div>
      )}
      {isAdding && (
        <AddDialog
          merchant={merchant}
          onClose={() => setAdding(false)}
          onDone={(made) => {
            setAdding(false);
            setSecret(made);
            again();
          }}
        />
      )}
    </section>
  );
}

interface AddDialogProps {
  readonly merchant: string;
  readonly onClose: () => void;
  /** @param secret signs its messages */
  readonly onDone: (secret: string | undefined) => void;
}

function AddDialog({ merchant, onClose, onDone }: AddDialogProps) {
  const [url, setUrl] = useState('');
  const [types, setTypes] = useState('');
  const [description, setDescription] = useState('');
  const add = async () => {
    const body: NewWebhook = {
      url: url.trim(),
      types: readTypes(types) as NewWebhook['types'],
      description: description.trim() === '' ? undefined : description.trim(),
    };
    onDone((await send('addWebhook', { merchant, body })).secret);
  };
  return (
    <Dialog title="Add a webhook" onClose={onClose}>
      <Form verb="Add" act={add}>
        <Field
          label="Address"
          value={url}
          onInput={setUrl}
          hint="https, and not a private address."
          required
          isFirst
        />
        <TypesField value={types} onInput={setTypes} />
        <Field
          label="What it is for"
          value={description}
          onInput={setDescription}
          maxLength={500}
        />
      </Form>
    </Dialog>
  );
}
