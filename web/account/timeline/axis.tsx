/** The axis of the picture: marks of the calendar, the present, and a place to drag. */
import { useEffect, useRef } from 'preact/hooks';
import { textWidth } from '../../parts/text-width';
import { useWidth } from '../../parts/use-width';
import { move, placeOf, type Span, ticksOf, zoom } from './scale';

/** Height of the marks' letters, in rem, and the pixels beside them; timeline.css has the same. */
const LETTERS = 0.75;
const BESIDE = 12;
/** Half of the word at the present: at the picture's edge it is to be read, too. */
const HALF = '1.1rem';
const measure = (text: string) => textWidth(text, LETTERS) + BESIDE;

interface AxisProps {
  readonly span: Span;
  readonly now: number;
  readonly onMove: (span: Span) => void;
}

export function Axis({ span, now, onMove }: AxisProps) {
  const { element, width } = useWidth(600);
  const dragged = useRef<{ readonly x: number; readonly span: Span } | undefined>(undefined);
  const latest = useRef(span);
  latest.current = span;
  useEffect(() => {
    const track = element.current;
    // A listener that keeps the page from scrolling has to say so.
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      onMove(zoom(latest.current, event.deltaY > 0 ? 1.25 : 0.8));
    };
    track?.addEventListener('wheel', turn, { passive: false });
    return () => track?.removeEventListener('wheel', turn);
  }, []);
  const ticks = ticksOf(span, width, measure);
  return (
    <div class="line axis" aria-hidden="true">
      <div class="label" />
      <div
        class="track"
        ref={element}
        title="Drag to move, Ctrl and the wheel to zoom"
        onPointerDown={(event) => {
          dragged.current = { x: event.clientX, span };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          const start = dragged.current;
          if (start) onMove(move(start.span, (start.x - event.clientX) / width));
        }}
        onPointerUp={() => {
          dragged.current = undefined;
        }}
      >
        {ticks.map(({ at, text }) => (
          <span key={at} class="tick" style={{ left: `${placeOf(span, at)}%` }}>
            {text}
          </span>
        ))}
        {isWithin(span, now) && (
          <span
            class="now-word"
            style={{ left: `clamp(${HALF}, ${placeOf(span, now)}%, 100% - ${HALF})` }}
          >
            now
          </span>
        )}
      </div>
    </div>
  );
}

/** Whether a span holds a moment. */
export function isWithin({ from, to }: Span, at: number): boolean {
  return at >= from && at <= to;
}
