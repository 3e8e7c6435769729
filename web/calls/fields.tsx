/** A request or reply in words: the names and values of its parts. */
interface FieldsProps {
  readonly value: unknown;
}

/** Whether a value has parts, and so stands below its name. */
function hasParts(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function Fields({ value }: FieldsProps) {
  if (hasParts(value)) {
    return (
      <dl class="fields">
        {Object.entries(value).map(([name, part]: [string, unknown]) => (
          <div key={name} class={hasParts(part) ? 'whole' : undefined}>
            <dt>{name}</dt>
            <dd>
              <Fields value={part} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  if (value === null) return <span class="muted">nil</span>;
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>;
}
