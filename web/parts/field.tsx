/** Fields of forms: each has a label, and says what is wrong with it where it stands. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: ComponentChildren;
  /** What is wrong with it. */
  readonly fault?: string | undefined;
  readonly type?:
    'text' | 'password' | 'number' | 'datetime-local' | 'url' | 'email' | 'date' | 'search';
  readonly required?: boolean;
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** More lines than one. */
  readonly rows?: number;
  /** Whether the cursor goes there when it appears. */
  readonly isFirst?: boolean;
}

/** The types of Preact hold each kind of field to roles of its own, which none has here. */
function kindOf(type: string): 'text' {
  return type as 'text';
}

/** A field of text. */
export function Field(props: FieldProps) {
  const { label, value, onInput, hint, fault, type = 'text', rows, isFirst, ...rest } = props;
  const id = useId();
  const described = [hint !== undefined && `${id}h`, fault !== undefined && `${id}f`];
  const common = {
    ...rest,
    id,
    value,
    autoFocus: isFirst === true,
    'aria-invalid': fault !== undefined,
    'aria-describedby': described.filter((name) => name !== false).join(' ') || undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows === undefined ? (
        <input
          {...common}
          type={kindOf(type)}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      ) : (
        <textarea {...common} rows={rows} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      {hint !== undefined && (
        <span class="hint" id={`${id}h`}>
          {hint}
        </span>
      )}
      {fault !== undefined && (
        <span class="fault" id={`${id}f`}>
          {fault}
        </span>
      )}
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: ReadonlyArray<readonly [value: string, text: string]>;
  readonly hint?: string;
}

/** One of several. */
export function Select({ label, value, onChange, options, hint }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        aria-describedby={hint === undefined ? undefined : `${id}h`}
      >
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span class="hint" id={`${id}h`}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Yes or no. */
export function Check({ label, checked, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class="choice">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
    </div>
  );
}
