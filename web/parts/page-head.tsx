/** The head of a screen: its title, which gets the keyboard's place after a move, and the window's title. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface PageHeadProps {
  readonly title: string;
  /** Buttons beside it. */
  readonly children?: ComponentChildren;
  readonly below?: ComponentChildren;
}

/** Whether a screen was shown before: the first one leaves the keyboard where the browser puts it. */
let isMoved = false;

export function PageHead({ title, children, below }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Latchkey`;
  }, [title]);
  useEffect(() => {
    // A person who types already, in the search say, goes on there.
    const isTyping = document.activeElement?.matches('input, textarea, select') === true;
    if (isMoved && !isTyping) heading.current?.focus({ preventScroll: true });
    isMoved = true;
  }, []);
  return (
    <header class="stack page-head">
      <div class="row apart">
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {children !== undefined && <div class="row">{children}</div>}
      </div>
      {below}
    </header>
  );
}
