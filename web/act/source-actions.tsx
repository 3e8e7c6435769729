/** What can be done to one source of access: a grant is extended or revoked, an order revoked or restored, an AutoBill stopped. */
import { useState } from 'preact/hooks';
import type { Answer } from '../api/request';
import { may } from '../api/session';
import { Select } from '../parts/field';
import { at } from '../route/screens';
import { ActDialog } from './act-dialog';
import { type Change, makeChange } from './change';
import { MomentField, momentOf, typedOf } from './moment-field';
import { NoteField, noteOf } from './note-field';
import { type Reason, REASONS } from './reasons';
import { RestoreButton, RevokeButton } from './order-actions';
import { StopButton } from './stop-button';

type Source = Answer<'getAccess'>['accounts'][number]['entitlements'][number]['sources'][number];

interface SourceActionsProps {
  readonly merchant: string;
  readonly account: string;
  readonly entitlement: string;
  readonly source: Source;
  readonly onDone: () => void;
}

export function SourceActions(props: SourceActionsProps) {
  const { merchant, source, onDone } = props;
  const { orderId, autoBill, standing } = source;
  const [open, setOpen] = useState<'extend' | 'revoke'>();
  const isOn = standing === 'active' || standing === 'coming';
  const close = () => setOpen(undefined);
  if (source.source === 'Order' && orderId !== undefined) {
    return (
      <div class="row">
        {may('support') && isOn && <RevokeButton {...{ merchant, orderId, onDone }} />}
        {may('support') && standing === 'taken' && (
          <RestoreButton {...{ merchant, orderId, onDone }} />
        )}
        <a class="small" href={at.order(merchant, orderId)}>
          Order {orderId}
        </a>
      </div>
    );
  }
  if (!may('support') || (!isOn && source.source !== 'Account')) return null;
  if (source.source === 'AutoBill') {
    return autoBill === undefined ? null : (
      <div class="row">
        <StopButton merchant={merchant} name={autoBill} onDone={onDone} />
      </div>
    );
  }
  return (
    <div class="row">
      <button type="button" class="button small" onClick={() => setOpen('extend')}>
        Extend
      </button>
      {isOn && (
        <button type="button" class="button small danger" onClick={() => setOpen('revoke')}>
          Revoke
        </button>
      )}
      {open === 'extend' && <ExtendDialog {...props} onClose={close} />}
      {open === 'revoke' && <RevokeDialog {...props} onClose={close} />}
    </div>
  );
}

interface DialogProps extends SourceActionsProps {
  readonly onClose: () => void;
}

function ExtendDialog({ merchant, account, entitlement, source, onClose, onDone }: DialogProps) {
  const [end, setEnd] = useState(typedOf(source.end));
  const [note, setNote] = useState('');
  const body: Change = {
    action: 'extend',
    VID: account,
    merchantEntitlementId: entitlement,
    extensionDate: momentOf(end),
    note: noteOf(note),
  };
  return (
    <ActDialog
      merchant={merchant}
      title={`Extend ${entitlement}`}
      verb="Extend"
      body={body}
      perform={(onceKey) => makeChange(merchant, body, onceKey)}
      onClose={onClose}
      onDone={onDone}
    >
      <MomentField
        label="New end"
        value={end}
        onInput={setEnd}
        hint="In your time zone. Nothing: without end."
      />
      <NoteField value={note} onInput={setNote} />
    </ActDialog>
  );
}

function RevokeDialog({ merchant, account, entitlement, onClose, onDone }: DialogProps) {
  const [reason, setReason] = useState<string>('');
  const [note, setNote] = useState('');
  const body: Change = {
    action: 'revoke',
    VID: account,
    merchantEntitlementId: entitlement,
    reason: reason === '' ? undefined : (reason as Reason),
    note: noteOf(note),
  };
  return (
    <ActDialog
      merchant={merchant}
      title={`Revoke ${entitlement}`}
      verb="Revoke"
      body={body}
      perform={(onceKey) => makeChange(merchant, body, onceKey)}
      onClose={onClose}
      onDone={onDone}
    >
      <p>The direct grant ends now. Access by orders and AutoBills stays.</p>
      <Select
        label="Reason"
        value={reason}
        onChange={setReason}
        options={[['', 'None'], ...REASONS]}
      />
      <NoteField value={note} onInput={setNote} />
    </ActDialog>
  );
}
