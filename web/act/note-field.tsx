/** The note that goes into the ledger with a change. */
import { Field } from '../parts/field';

interface NoteFieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export function NoteField(props: NoteFieldProps) {
  return (
    <Field
      {...props}
      label="Note"
      rows={2}
      maxLength={1000}
      hint="For the readers of the ledger: a ticket, a reason. No card data."
    />
  );
}

/** A note as calls take it: none where nothing was typed. */
export function noteOf(value: string): string | undefined {
  return value.trim() === '' ? undefined : value.trim();
}
