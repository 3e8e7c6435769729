/** One webhook: how it stands, its messages with their attempts; test, replay, change. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { may } from '../api/session';
import { useAnswer, useLooks } from '../api/use-answer';
import { ActButton } from '../parts/act-button';
import { AskButton } from '../parts/ask-button';
import { State } from '../parts/badge';
import { Dialog } from '../parts/dialog';
import { Field, Select } from '../parts/field';
import { Form } from '../parts/form';
import { Moment } from '../parts/moment';
import { Done, Fault, Waiting } from '../parts/notice';
import { Once } from '../parts/once';
import { PageHead } from '../parts/page-head';
import { changeQuery, goTo } from '../route/place';
import { at } from '../route/screens';
import { Deliveries } from './deliveries';
import { ReplayDialog } from './replay-dialog';
import { readTypes, TypesField } from './types-field';

/** Milliseconds between two looks while messages wait. */
const EACH = 2000;

type Webhook = Answer<'getWebhook'>;

interface WebhookScreenProps {
  readonly merchant: string;
  readonly id: string;
  readonly query: URLSearchParams;
}

export function WebhookScreen({ merchant, id, query }: WebhookScreenProps) {
  const params = { webhookId: id };
  const [turn, setTurn] = useState(0);
  const asked = useAnswer('getWebhook', { merchant, params }, turn);
  const { answer, problem, again } = asked;
  const changed = () => setTurn((count) => count + 1);
  useLooks(asked, answer !== undefined && answer.waiting > 0 ? EACH : undefined);
  if (problem !== undefined) {
    return (
      <div class="stack">
        <PageHead title="Webhook" />
        <Fault problem={problem} again={again} />
        <p>
          <a href={at.events(merchant, 'webhooks')}>All webhooks</a>
        </p>
      </div>
    );
  }
  if (!answer) return <Waiting />;
  const status = query.get('status') ?? '';
  return (
    <div class="stack">
      <PageHead title={answer.description ?? 'Webhook'}>
        <a href={at.events(merchant, 'webhooks')}>All webhooks</a>
      </PageHead>
      <section class="panel" aria-label="Webhook">
        <WebhookFacts webhook={answer} />
        {may('admin') && <Actions merchant={merchant} webhook={answer} onDone={changed} />}
      </section>
      <section class="panel" aria-labelledby="deliveries">
        <div class="row apart">
          <h2 id="deliveries">Messages</h2>
          <Select
            label="Only"
            value={status}
            onChange={(value) => changeQuery({ status: value })}
            options={[
              ['', 'all'],
              ['waiting', 'waiting'],
              ['delivered', 'delivered'],
              ['failed', 'failed'],
            ]}
          />
        </div>
        <Deliveries merchant={merchant} webhook={id} status={status} turn={turn} onDone={changed} />
      </section>
    </div>
  );
}

function WebhookFacts({ webhook }: { readonly webhook: Webhook }) {
  const { url, types, state, createdAt, createdBy, waiting, failingSince, disabledReason } =
    webhook;
  return (
    <dl class="facts">
      <dt>Address</dt>
      <dd>{url}</dd>
      <dt>State</dt>
      <dd>
        <State of={state} /> {disabledReason}
        {failingSince !== undefined && (
          <>
            {' '}
            since <Moment at={failingSince} />
          </>
        )}
      </dd>
      <dt>Types</dt>
      <dd>{types?.join(', ') ?? 'all'}</dd>
      <dt>Waiting</dt>
      <dd>{waiting}</dd>
      <dt>Made</dt>
      <dd>
        <Moment at={createdAt} /> by {createdBy}
      </dd>
    </dl>
  );
}

interface ActionsProps {
  readonly merchant: string;
  readonly webhook: Webhook;
  readonly onDone: () => void;
}

function Actions({ merchant, webhook, onDone }: ActionsProps) {
  const { id, state } = webhook;
  const params = { webhookId: id };
  const [open, setOpen] = useState<'change' | 'replay'>();
  const [secret, setSecret] = useState<string>();
  const [isTested, setTested] = useState(false);
  const isOff = state === 'disabled';
  const close = () => setOpen(undefined);
  const turnOn = { merchant, params, body: { disabled: !isOff } };
  return (
    <div class="stack">
      <div class="row">
        <ActButton
          text="Send a test"
          act={() => send('testWebhook', { merchant, params })}
          onDone={() => {
            setTested(true);
            onDone();
          }}
        />
        <button type="button" class="button small" onClick={() => setOpen('replay')}>
          Replay
        </button>
        <button type="button" class="button small" onClick={() => setOpen('change')}>
          Change
        </button>
        <ActButton
          text={isOff ? 'Enable' : 'Disable'}
          act={() => send('changeWebhook', turnOn)}
          onDone={onDone}
        />
        <AskButton
          text="New secret"
          question="Messages are signed by a new secret, too; the present one is valid for a day more."
          act={async () => setSecret((await send('rotateWebhook', { merchant, params })).secret)}
          onDone={onDone}
        />
        <AskButton
          text="Remove"
          question="The webhook and its messages are removed; those that wait are not sent."
          act={() => send('removeWebhook', { merchant, params })}
          onDone={() => goTo(at.events(merchant, 'webhooks'), true)}
        />
      </div>
      {isTested && (
        <Done>A test message is on its way; the list below shows what comes of it.</Done>
      )}
      {secret !== undefined && (
        <Once title="The new secret." secret={secret} onClose={() => setSecret(undefined)} />
      )}
      {open === 'change' && (
        <ChangeDialog merchant={merchant} webhook={webhook} onClose={close} onDone={onDone} />
      )}
      {open === 'replay' && (
        <ReplayDialog merchant={merchant} webhook={id} onClose={close} onDone={onDone} />
      )}
    </div>
  );
}

function ChangeDialog({
  merchant,
  webhook,
  onClose,
  onDone,
}: ActionsProps & { readonly onClose: () => void }) {
  const [url, setUrl] = useState(webhook.url);
  const [types, setTypes] = useState(webhook.types?.join(', ') ?? '');
  const [description, setDescription] = useState(webhook.description ?? '');
  const change = () => {
    const body: Body<'changeWebhook'> = {
      url: url.trim(),
      types: (readTypes(types) ?? null) as Body<'changeWebhook'>['types'],
      description: description.trim() === '' ? null : description.trim(),
    };
    return send('changeWebhook', { merchant, params: { webhookId: webhook.id }, body });
  };
  return (
    <Dialog title="Change the webhook" onClose={onClose}>
      <Form
        verb="Change"
        act={change}
        onDone={() => {
          onClose();
          onDone();
        }}
      >
        <Field label="Address" value={url} onInput={setUrl} required isFirst />
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
