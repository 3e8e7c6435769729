/** CashBox's push notifications: the subscriptions of a merchant. */
import { useState } from 'preact/hooks';
import { type Body, send } from '../api/request';
import { may } from '../api/session';
import { useAnswer } from '../api/use-answer';
import { Badge } from '../parts/badge';
import { Dialog } from '../parts/dialog';
import { Field, Select } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Empty, Fault, Waiting } from '../parts/notice';
import { Once } from '../parts/once';
import { WholeList } from '../parts/whole-list';
import { at } from '../route/screens';

type NewSubscription = Body<'addPushSubscription'>;

export function PushSubscriptions({ merchant }: { readonly merchant: string }) {
  const { answer, problem, again } = useAnswer('listPushSubscriptions', { merchant });
  const [isAdding, setAdding] = useState(false);
  const [key, setKey] = useState<string>();
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return (
    <section class="panel" aria-label="Push notifications">
      {key !== undefined && (
        <Once
          title="The key that signs its messages."
          secret={key}
          onClose={() => setKey(undefined)}
        />
      )}
      {answer.subscriptions.length === 0 ? (
        <Empty>
          No listener is subscribed. A listener that was written for CashBox's push notifications
          gets the same messages from here.
        </Empty>
      ) : (
        <WholeList
          title="Push notifications"
          rows={answer.subscriptions}
          keyOf={({ id }) => id}
          columns={[
            {
              title: 'Address',
              show: ({ id, url }) => <a href={at.events(merchant, 'push', id)}>{url}</a>,
              write: ({ url }) => url,
            },
            { title: 'Class', write: (one) => one.class },
            { title: 'Format', write: ({ format }) => format },
            {
              title: 'State',
              show: ({ failingSince }) =>
                failingSince === undefined ? (
                  <Badge tone="good">enabled</Badge>
                ) : (
                  <Badge tone="warn">failing</Badge>
                ),
              write: ({ failingSince }) => (failingSince === undefined ? 'enabled' : 'failing'),
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
            Add a subscription
          </button>
        </div>
      )}
      {isAdding && (
        <AddDialog
          merchant={merchant}
          onClose={() => setAdding(false)}
          onDone={(made) => {
            setAdding(false);
            setKey(made);
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
  /** @param key signs its messages */
  readonly onDone: (key: string | undefined) => void;
}

function AddDialog({ merchant, onClose, onDone }: AddDialogProps) {
  const [url, setUrl] = useState('');
  const [className, setClass] = useState<NewSubscription['class']>('entitlement');
  const [format, setFormat] = useState<NonNullable<NewSubscription['format']>>('json');
  const [key, setKey] = useState('');
  const add = async () => {
    const body = { url: url.trim(), class: className, format, key: key === '' ? undefined : key };
    onDone((await send('addPushSubscription', { merchant, body })).key);
  };
  return (
    <Dialog title="Add a subscription" onClose={onClose}>
      <Form verb="Add" act={add}>
        <Field
          label="Address"
          value={url}
          onInput={setUrl}
          hint="https, and not a private address."
          required
          isFirst
        />
        <Select
          label="Class"
          value={className}
          onChange={(value) => setClass(value as NewSubscription['class'])}
          options={[
            ['entitlement', 'entitlement'],
            ['autobills', 'autobills'],
            ['accounts', 'accounts'],
          ]}
        />
        <Select
          label="Format"
          value={format}
          onChange={(value) => setFormat(value as typeof format)}
          options={[
            ['json', 'JSON, signature in a header'],
            ['form', 'a form with both'],
          ]}
        />
        <Field
          label="Key"
          value={key}
          onInput={setKey}
          hint="The one that the receiver knows already. Nothing: one is made."
        />
      </Form>
    </Dialog>
  );
}
