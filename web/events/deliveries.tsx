/** The messages to a webhook, each with its attempts. */
import { useState } from 'preact/hooks';
import { type Answer, send } from '../api/request';
import { may } from '../api/session';
import { useAnswer, useLooks } from '../api/use-answer';
import { ActButton } from '../parts/act-button';
import { State } from '../parts/badge';
import { Dialog } from '../parts/dialog';
import { Moment } from '../parts/moment';
import { Fault, Waiting } from '../parts/notice';
import { PagedList } from '../parts/paged-list';
import type { Column } from '../parts/table';
import { WholeList } from '../parts/whole-list';

type Message = Answer<'listWebhookMessages'>['deliveries'][number];

/** Milliseconds between two looks at a message that waits. */
const EACH = 1000;

interface DeliveriesProps {
  readonly merchant: string;
  readonly webhook: string;
  /** Only those; empty: all. */
  readonly status: string;
  readonly turn: number;
  readonly onDone: () => void;
}

export function Deliveries({ merchant, webhook, status, turn, onDone }: DeliveriesProps) {
  const [open, setOpen] = useState<string>();
  const columns: ReadonlyArray<Column<Message>> = [
    {
      title: 'Made',
      show: ({ createdAt }) => <Moment at={createdAt} exact />,
      write: ({ createdAt }) => createdAt,
    },
    { title: 'Event', write: ({ type }) => type },
    {
      title: 'Status',
      show: (message) => <State of={message.status} />,
      write: (message) => message.status,
    },
    {
      title: 'Attempts',
      kind: 'number',
      write: ({ attempts }) => attempts,
    },
    {
      title: 'Next',
      show: ({ nextAttemptAt }) =>
        nextAttemptAt !== undefined && <Moment at={nextAttemptAt} exact />,
      write: ({ nextAttemptAt }) => nextAttemptAt,
    },
    {
      title: 'Ended',
      show: ({ endedAt }) => endedAt !== undefined && <Moment at={endedAt} exact />,
      write: ({ endedAt }) => endedAt,
    },
    { title: 'Id', show: ({ id }) => id, write: ({ messageId }) => messageId },
    {
      title: 'Actions',
      kind: 'actions',
      show: (message) => (
        <span class="row">
          <button type="button" class="button small" onClick={() => setOpen(message.id)}>
            Attempts
          </button>
          {may('admin') && message.status !== 'waiting' && (
            <ActButton
              text="Resend"
              act={() =>
                send('resendWebhookMessage', {
                  merchant,
                  params: { webhookId: webhook, deliveryId: message.id },
                })
              }
              onDone={onDone}
            />
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <PagedList
        title="Messages"
        of={[merchant, webhook, status]}
        turn={turn}
        columns={columns}
        keyOf={({ id }) => id}
        isPassing={(message) => message.status === 'waiting'}
        empty={
          status === ''
            ? 'No message was made yet. Send a test, or wait for an event.'
            : 'There is no message of that status.'
        }
        fetch={async (lastLoadedId, pageLength, signal) => {
          const { deliveries, next_page } = await send('listWebhookMessages', {
            merchant,
            params: { webhookId: webhook },
            query: { lastLoadedId, pageLength, status },
            signal,
          });
          return { rows: deliveries, next: next_page };
        }}
      />
      {open !== undefined && (
        <AttemptsDialog {...{ merchant, webhook, id: open }} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

interface AttemptsDialogProps {
  readonly merchant: string;
  readonly webhook: string;
  readonly id: string;
  readonly onClose: () => void;
}

function AttemptsDialog({ merchant, webhook, id, onClose }: AttemptsDialogProps) {
  const params = { webhookId: webhook, deliveryId: id };
  const asked = useAnswer('getWebhookMessage', { merchant, params });
  const { answer, problem, again } = asked;
  useLooks(asked, answer?.status === 'waiting' ? EACH : undefined);
  return (
    <Dialog title={`Attempts of message ${id}`} onClose={onClose}>
      <Fault problem={problem} again={again} />
      {!answer ? (
        problem === undefined && <Waiting />
      ) : answer.log.length === 0 ? (
        <p>It was not tried yet.</p>
      ) : (
        <WholeList
          title="Attempts"
          rows={answer.log}
          keyOf={(attempt) => String(attempt.number)}
          columns={[
            {
              title: 'When',
              show: (attempt) => <Moment at={attempt.at} exact />,
              write: (attempt) => attempt.at,
            },
            {
              title: 'Took',
              show: ({ milliseconds }) => `${milliseconds} ms`,
              write: ({ milliseconds }) => milliseconds,
            },
            { title: 'Status', write: ({ status }) => status ?? 'no answer' },
            { title: 'Failure', write: ({ failure }) => failure },
            {
              title: 'Answer',
              show: (attempt) => attempt.answer !== undefined && <code>{attempt.answer}</code>,
              write: (attempt) => attempt.answer,
            },
          ]}
        />
      )}
    </Dialog>
  );
}
