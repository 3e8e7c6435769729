/** What a screen says of itself: on its way, empty, refused, done. */
import type { ComponentChildren } from 'preact';
import { sentenceOf } from '../api/request';

/** What went wrong; nothing where nothing did. It is read out when it appears. */
export function Fault({
  problem,
  again,
}: {
  readonly problem: unknown;
  readonly again?: () => void;
}) {
  if (problem === undefined) return null;
  return (
    <div class="notice bad row apart" role="alert">
      <span>{sentenceOf(problem)}</span>
      {again && (
        <button type="button" class="button small" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** What has happened. */
export function Done({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="notice good" role="status">
      {children}
    </div>
  );
}

/** Stands where an answer is on its way. */
export function Waiting() {
  return (
    <p class="empty" role="status">
      Loading…
    </p>
  );
}

/** Stands where there is nothing, and says what to do. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}
