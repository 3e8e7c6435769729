/** A field for a moment of the browser's zone. */
import { Field } from '../parts/field';

interface MomentFieldProps {
  readonly label: string;
  /** As the browser writes it: `2026-01-31T23:00`. */
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint: string;
}

export function MomentField(props: MomentFieldProps) {
  return <Field {...props} type="datetime-local" />;
}

/** The moment that was typed, as calls take it; undefined where none was. */
export function momentOf(value: string): string | undefined {
  const date = new Date(value);
  return value === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** A moment as the field takes it. */
export function typedOf(at: string | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
