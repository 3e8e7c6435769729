/** Revokes an order with a reason, or restores it. */
import { useState } from 'preact/hooks';
import { type Answer, send } from '../api/request';
import { may } from '../api/session';
import { Select } from '../parts/field';
import { ActDialog } from './act-dialog';
import { NoteField, noteOf } from './note-field';
import { type Reason, REASONS } from './reasons';

interface OrderActionsProps {
  readonly merchant: string;
  readonly order: Pick<Answer<'getOrder'>, 'orderId' | 'state'>;
  readonly onDone: () => void;
}

/** The buttons that fit an order's state. */
export function OrderActions({ merchant, order: { orderId, state }, onDone }: OrderActionsProps) {
  if (!may('support')) return null;
  if (state === 'active') return <RevokeButton {...{ merchant, orderId, onDone }} />;
  return state === 'revoked' ? <RestoreButton {...{ merchant, orderId, onDone }} /> : null;
}

interface ButtonProps {
  readonly merchant: string;
  readonly orderId: string;
  readonly onDone: () => void;
}

export function RevokeButton(props: ButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button small danger" onClick={() => setOpen(true)}>
        Revoke order
      </button>
      {isOpen && <RevokeDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

export function RestoreButton(props: ButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button small" onClick={() => setOpen(true)}>
        Restore order
      </button>
      {isOpen && <RestoreDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps extends ButtonProps {
  readonly onClose: () => void;
}

function RevokeDialog({ merchant, orderId, onClose, onDone }: DialogProps) {
  const [reason, setReason] = useState<Reason>('refunded');
  const [note, setNote] = useState('');
  const change = { reason, note: noteOf(note) };
  return (
    <ActDialog
      merchant={merchant}
      title={`Revoke order ${orderId}`}
      verb="Revoke"
      body={{ action: 'order.revoke', orderId, ...change }}
      perform={(onceKey) =>
        send('revokeOrder', { merchant, params: { orderId }, body: change, onceKey })
      }
      onClose={onClose}
      onDone={onDone}
    >
      <Select
        label="Reason"
        value={reason}
        onChange={(value) => setReason(value as Reason)}
        options={REASONS}
      />
      <NoteField value={note} onInput={setNote} />
    </ActDialog>
  );
}

function RestoreDialog({ merchant, orderId, onClose, onDone }: DialogProps) {
  const [note, setNote] = useState('');
  const change = { note: noteOf(note) };
  return (
    <ActDialog
      merchant={merchant}
      title={`Restore order ${orderId}`}
      verb="Restore"
      body={{ action: 'order.restore', orderId, ...change }}
      perform={(onceKey) =>
        send('restoreOrder', { merchant, params: { orderId }, body: change, onceKey })
      }
      onClose={onClose}
      onDone={onDone}
    >
      <NoteField value={note} onInput={setNote} />
    </ActDialog>
  );
}
