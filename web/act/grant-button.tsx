/** Gives an account access directly. */
import { useState } from 'preact/hooks';
import { Field } from '../parts/field';
import { ActDialog } from './act-dialog';
import { type Change, makeChange } from './change';
import { MomentField, momentOf } from './moment-field';
import { NoteField, noteOf } from './note-field';

interface GrantButtonProps {
  readonly merchant: string;
  readonly account: string;
  readonly onDone: () => void;
}

export function GrantButton(props: GrantButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button first" onClick={() => setOpen(true)}>
        Grant access
      </button>
      {isOpen && <GrantDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function GrantDialog({
  merchant,
  account,
  onDone,
  onClose,
}: GrantButtonProps & { readonly onClose: () => void }) {
  const [entitlement, setEntitlement] = useState('');
  const [start, setStart] = useState('');
  const [end, setEnd] = useState('');
  const [note, setNote] = useState('');
  const body: Change = {
    action: 'grant',
    VID: account,
    merchantEntitlementId: entitlement.trim(),
    startTimestamp: momentOf(start),
    endTimestamp: momentOf(end),
    note: noteOf(note),
  };
  return (
    <ActDialog
      merchant={merchant}
      title="Grant access"
      verb="Grant"
      body={body}
      perform={(onceKey) => makeChange(merchant, body, onceKey)}
      onClose={onClose}
      onDone={onDone}
    >
      <Field
        label="Entitlement"
        value={entitlement}
        onInput={setEntitlement}
        hint="Its merchantEntitlementId."
        required
        isFirst
      />
      <MomentField label="From" value={start} onInput={setStart} hint="Nothing: from now on." />
      <MomentField label="Until" value={end} onInput={setEnd} hint="Nothing: without end." />
      <NoteField value={note} onInput={setNote} />
    </ActDialog>
  );
}
