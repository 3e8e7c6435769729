/** How wide an element is drawn, for pictures that are laid out by it. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Measured {
  /** Goes to the element. */
  readonly element: RefObject<HTMLDivElement | null>;
  /** Pixels within it. */
  readonly width: number;
}

/**
 * The width of an element that has no padding, anew when it changes.
 * @param unknown what it is taken for until it is there
 */
export function useWidth(unknown: number): Measured {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(unknown);
  // Measured before anything is drawn: nobody sees a picture of another width first.
  useLayoutEffect(() => {
    if (!element.current) return undefined;
    setWidth(element.current.getBoundingClientRect().width);
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(entry.contentRect.width);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}
