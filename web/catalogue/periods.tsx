/** The periods of a billing plan: in words, and as fields. */
import type { Answer } from '../api/request';
import { Field, Select } from '../parts/field';

export type Period = Answer<'listBillingPlans'>['billingPlans'][number]['periods'][number];

const UNITS = [
  ['Day', 'days'],
  ['Week', 'weeks'],
  ['Month', 'months'],
  ['Year', 'years'],
] as const satisfies ReadonlyArray<readonly [Period['type'], string]>;

/** `every 2 weeks, 12 times, then every year` */
export function periodsInWords(periods: readonly Period[]): string {
  return periods.map(inWords).join(', then ');
}

function inWords({ type, quantity, cycles }: Period): string {
  const unit = type.toLowerCase();
  const every = quantity === 1 ? `every ${unit}` : `every ${quantity} ${unit}s`;
  return cycles === 0 ? every : `${every}, ${cycles} ${cycles === 1 ? 'time' : 'times'}`;
}

interface PeriodFieldsProps {
  readonly value: readonly Period[];
  readonly onChange: (value: readonly Period[]) => void;
}

/** The fields of each. */
export function PeriodFields({ value, onChange }: PeriodFieldsProps) {
  const change = (place: number, part: Partial<Period>) =>
    onChange(value.map((one, index) => (index === place ? { ...one, ...part } : one)));
  return (
    <>
      {value.map((period, place) => (
        <fieldset class="period" key={place}>
          <legend>{value.length === 1 ? 'Billed' : `Billed, part ${place + 1}`}</legend>
          <Field
            label="Every"
            type="number"
            min={1}
            value={String(period.quantity)}
            onInput={(text) => change(place, { quantity: Number(text) })}
            required
          />
          <Select
            label="Unit"
            value={period.type}
            onChange={(type) => change(place, { type: type as Period['type'] })}
            options={UNITS}
          />
          <Field
            label="Times"
            type="number"
            min={0}
            value={String(period.cycles)}
            onInput={(text) => change(place, { cycles: Number(text) })}
            hint="0: without end."
            required
          />
        </fieldset>
      ))}
    </>
  );
}
