/** Entitlement ids, one a line. */
import { Field } from '../parts/field';

interface IdsFieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

export function IdsField(props: IdsFieldProps) {
  return <Field {...props} label="Entitlements" rows={4} hint="A merchantEntitlementId a line." />;
}

/** The ids that were typed. */
export function idsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
