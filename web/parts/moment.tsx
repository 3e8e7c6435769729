/** Moments and lengths of time as people read them: in the browser's zone, with the server's on hover. */
import { serverZone } from '../api/session';
import { CallLink } from './call-link';

const SHOWN = { dateStyle: 'medium', timeStyle: 'short' } as const;
const EXACT = { dateStyle: 'medium', timeStyle: 'medium' } as const;
const WHOLE = { dateStyle: 'full', timeStyle: 'long' } as const;
/** An ISO 8601 moment within a sentence. */
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g;

/** A moment in words of the browser's zone. */
export function writeMoment(at: string | number): string {
  return new Intl.DateTimeFormat(undefined, SHOWN).format(new Date(at));
}

/** The same with its seconds. */
function writeExact(at: string): string {
  return new Intl.DateTimeFormat(undefined, EXACT).format(new Date(at));
}

/** A day of the browser's zone. */
export function writeDay(at: string | number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(new Date(at));
}

/** The same moment in full: in the browser's zone, and in the server's. */
export function writeWhole(at: string | number): string {
  const date = new Date(at);
  const own = new Intl.DateTimeFormat(undefined, WHOLE).format(date);
  const zone = serverZone();
  const there = new Intl.DateTimeFormat(undefined, { ...WHOLE, timeZone: zone }).format(date);
  return `${own}\nServer (${zone}): ${there}\n${date.toISOString()}`;
}

interface MomentProps {
  readonly at: string;
  /** The day alone. */
  readonly day?: boolean;
  /** With seconds, for what follows closely upon another. */
  readonly exact?: boolean;
}

/** A moment. */
export function Moment({ at, day = false, exact = false }: MomentProps) {
  return (
    <time dateTime={at} title={writeWhole(at)}>
      {day ? writeDay(at) : exact ? writeExact(at) : writeMoment(at)}
    </time>
  );
}

/** A call that a sentence names. */
const CALL = /(?<=\bcall )[0-9a-f]{40}\b/g;

interface SentenceProps {
  readonly text: string;
  /** Whose calls it names: they are links then. */
  readonly merchant?: string;
}

/** A sentence of the server, its moments written like others of the page, its calls short. */
export function Sentence({ text, merchant }: SentenceProps) {
  const moments = text.match(MOMENT) ?? [];
  return (
    <>
      {text.split(MOMENT).map((words, index) => {
        const moment = moments[index];
        return (
          <>
            <Words text={words} merchant={merchant} />
            {moment !== undefined && <Moment at={moment} />}
          </>
        );
      })}
    </>
  );
}

function Words({
  text,
  merchant,
}: {
  readonly text: string;
  readonly merchant: string | undefined;
}) {
  const calls = text.match(CALL) ?? [];
  return (
    <>
      {text.split(CALL).map((words, index) => {
        const call = calls[index];
        return (
          <>
            {words}
            {call !== undefined && <CallLink merchant={merchant} id={call} />}
          </>
        );
      })}
    </>
  );
}

/** The same as plain text. */
export function writeSentence(text: string): string {
  return text.replace(MOMENT, (at) => writeMoment(at));
}
