/**
 * The access of an account at a moment, replayed from its lines of the ledger and nothing else. Pure.
 * Decided: docs/decisions/why.md
 */
import { type EntitlementState, isActive, isOver, type Source } from '../entitlements/entitlement';
import type { LedgerRow, StoredEntitlement } from '../store/store';

/** The most entitlement ids that one replay follows where none is named: those that were given first. */
export const MAX_IDS = 50;
/** The most sources of one id that an answer holds: active ones first, then those that changed last. */
export const MAX_SOURCES = 10;
/** The most lines of one source that an answer holds: the first, and the last ones. */
export const MAX_LINES = 10;

/** How a source stands: it gives access, will give it, has run out, or was taken away. */
export type Standing = 'active' | 'coming' | 'expired' | 'taken';

/** One source of an entitlement at the moment. */
export interface SourceAt {
  /** The VID of the account whose it was: that, or one that was merged into it. */
  readonly VID: string;
  readonly source: Source;
  readonly sourceId: string;
  readonly standing: Standing;
  readonly start: number;
  /** Undefined: without end. */
  readonly end: number | undefined;
  /** The numbers of the lines since it was last given, up to the moment, oldest first. */
  readonly lines: readonly number[];
  /** How many of them are left out, after the first. */
  readonly moreLines: number;
  /** The number of the line that took it away or, else, set its present end; 0: it was not taken. */
  readonly cause: number;
}

/** An entitlement id at the moment. */
export interface AccessAt {
  readonly merchantEntitlementId: string;
  readonly active: boolean;
  /** Of an active one: until when; undefined: without end. */
  readonly until: number | undefined;
  readonly sources: readonly SourceAt[];
  /** How many further sources there are. */
  readonly moreSources: number;
}

/** A source while its lines are followed. */
interface Track {
  readonly VID: string;
  readonly source: Source;
  readonly sourceId: string;
  state: EntitlementState;
  lines: number[];
  moreLines: number;
  cause: number;
  isTaken: boolean;
}

/** What a source is first known by. */
type Beginning = Pick<
  LedgerRow,
  'VID' | 'source' | 'sourceId' | 'merchantEntitlementId' | 'id' | 'after'
>;

/** The number of no line. */
const NO_LINE = 0;

/** Follows an account's lines, which come in the order of their moments, up to one. */
export class AccessReplay {
  private readonly tracks = new Map<string, Map<string, Track>>();
  private firstLater: number | undefined;
  /** Whether there were more ids than it follows. */
  isCut = false;

  /**
   * @param at the moment, in UTC milliseconds: lines of later ones count no more
   * @param only the one id that is asked for; undefined: all
   * @param most how many ids are followed
   */
  constructor(
    private readonly at: number,
    private readonly only?: string,
    private readonly most = MAX_IDS,
  ) {}

  /** When the first line after the moment is dated that is about what is asked for. */
  get later(): number | undefined {
    return this.firstLater;
  }

  /** Begins with a source as it is kept, where not all of its lines are taken. */
  hold(VID: string, { start, end, description, ...key }: StoredEntitlement): void {
    this.trackOf({ VID, ...key, id: NO_LINE, after: { start, end, description } });
  }

  /** Takes the next line. */
  take(line: LedgerRow): void {
    const { merchantEntitlementId: id, at, action, before, after } = line;
    if (this.only !== undefined && id !== this.only) return;
    if (at > this.at) {
      this.firstLater = Math.min(at, this.firstLater ?? at);
      return;
    }
    const track = this.trackOf(line);
    if (!track) return;
    const byTime = action === 'start' || action === 'expire';
    const given = !byTime && !isOver(after, at) && (before === undefined || isOver(before, at));
    if (given) Object.assign(track, { lines: [], moreLines: 0 });
    keep(track, line.id);
    // A line by time alone says what the lines before it have set.
    if (byTime) return;
    if (given || before?.end !== after.end || action === 'revoke' || action === 'transfer') {
      track.cause = line.id;
      track.isTaken = isOver(after, at) && (action === 'revoke' || action === 'transfer');
    }
    track.state = after;
  }

  private trackOf({ VID, source, sourceId, ...line }: Beginning): Track | undefined {
    const { merchantEntitlementId: id, id: cause, after: state } = line;
    let tracks = this.tracks.get(id);
    if (!tracks) {
      if (this.tracks.size >= this.most) {
        this.isCut = true;
        return undefined;
      }
      this.tracks.set(id, (tracks = new Map<string, Track>()));
    }
    // No id has the character between the parts.
    const key = `${VID}\0${source}\0${sourceId}`;
    let track = tracks.get(key);
    if (!track) {
      const lines: number[] = [];
      track = { VID, source, sourceId, state, lines, moreLines: 0, cause, isTaken: false };
      tracks.set(key, track);
    }
    return track;
  }

  /** The access at the moment, ordered by id. */
  answer(): AccessAt[] {
    return [...this.tracks]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, tracks]) => accessOf(id, [...tracks.values()], this.at));
  }
}

function keep(track: Track, line: number): void {
  track.lines.push(line);
  if (track.lines.length <= MAX_LINES) return;
  track.lines.splice(1, 1);
  track.moreLines += 1;
}

function accessOf(id: string, tracks: readonly Track[], at: number): AccessAt {
  const active = tracks.filter(({ state }) => isActive(state, at));
  const rest = tracks.filter(({ state }) => !isActive(state, at));
  rest.sort((one, other) => (other.lines.at(-1) ?? 0) - (one.lines.at(-1) ?? 0));
  const endless = active.some(({ state }) => state.end === undefined);
  const until = active.reduce((latest, { state }) => Math.max(latest, state.end ?? 0), 0);
  return {
    merchantEntitlementId: id,
    active: active.length > 0,
    until: endless || active.length === 0 ? undefined : until,
    sources: [...active, ...rest].slice(0, MAX_SOURCES).map((track) => sourceAt(track, at)),
    moreSources: Math.max(0, tracks.length - MAX_SOURCES),
  };
}

function sourceAt({ state, isTaken, ...track }: Track, at: number): SourceAt {
  const { start, end } = state;
  return { ...track, start, end, standing: standingOf(state, isTaken, at) };
}

function standingOf(state: EntitlementState, isTaken: boolean, at: number): Standing {
  if (isActive(state, at)) return 'active';
  if (isTaken) return 'taken';
  return isOver(state, at) ? 'expired' : 'coming';
}
