/** The types of events that an endpoint wants. */
import { Field } from '../parts/field';

interface TypesFieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export function TypesField(props: TypesFieldProps) {
  return (
    <Field
      {...props}
      label="Types of events"
      hint="Separated by commas, such as entitlement.granted, order.revoked. Nothing: all."
    />
  );
}

/** The types that were typed; undefined: all. */
export function readTypes(text: string): readonly string[] | undefined {
  const types = text
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '');
  return types.length === 0 ? undefined : types;
}
