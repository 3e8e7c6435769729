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

/** The same of a product or plan. @param known those that it has @returns undefined: it has none, and gets none */
export function idsOfItem(text: string, known: readonly unknown[] = []): string[] | undefined {
  const ids = idsOf(text);
  return ids.length === 0 && known.length === 0 ? undefined : ids;
}
