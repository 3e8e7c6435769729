/** Stops an AutoBill: no more is billed, and access ends at the end of the time that is paid, or at once. */
import { useState } from 'preact/hooks';
import { send } from '../api/request';
import { Check } from '../parts/field';
import { ActDialog } from './act-dialog';
import { NoteField, noteOf } from './note-field';

interface StopButtonProps {
  readonly merchant: string;
  /** The AutoBill's merchantAutoBillId, or else its VID. */
  readonly name: string;
  readonly onDone: () => void;
}

export function StopButton(props: StopButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button small danger" onClick={() => setOpen(true)}>
        Stop AutoBill
      </button>
      {isOpen && <StopDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function StopDialog({
  merchant,
  name,
  onDone,
  onClose,
}: StopButtonProps & { readonly onClose: () => void }) {
  const [disentitle, setDisentitle] = useState(false);
  const [note, setNote] = useState('');
  const change = { disentitle, note: noteOf(note) };
  return (
    <ActDialog
      merchant={merchant}
      title={`Stop AutoBill ${name}`}
      verb="Stop it"
      body={{ action: 'autobill.stop', merchantAutoBillId: name, ...change }}
      perform={(onceKey) =>
        send('stopAutoBill', {
          merchant,
          params: { merchantAutoBillId: name },
          body: change,
          onceKey,
        })
      }
      onClose={onClose}
      onDone={onDone}
    >
      <Check
        label="Access ends now, not when the time that is paid is over"
        checked={disentitle}
        onChange={setDisentitle}
      />
      <NoteField value={note} onInput={setNote} />
    </ActDialog>
  );
}
