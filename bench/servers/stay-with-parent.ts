/**
 * Loaded into every server before its own code (`node --require`): ends the process with the one
 * that started it, however that ended, and reports to it how much memory is in use and, once it was
 * asked to watch them, how long the turns of its event loop take.
 */

/** The messages that the parent sends. */
export type Question = 'memory' | 'watch' | 'vitals';

/** The answer to `vitals`. */
export interface Vitals {
  /** Resident memory at present, in bytes. */
  readonly resident: number;
  /** The most that ever was, in bytes. */
  readonly peak: number;
  /** The longest turn of the event loop since it is watched, in milliseconds. */
  readonly worstTurn: number;
  /**
   * The most time of the processor that a turn took since then, in milliseconds, whatever else the machine was doing; 0
   * where this Node.js cannot say it.
   */
  readonly worstWork: number;
  /** The time of the processor that the process has taken so far, in milliseconds. */
  readonly processor: number;
}

/** How often the event loop is looked at, in milliseconds. */
const WATCH_INTERVAL = 5;

let worstTurn = 0;
let worstWork = 0;

/** The time of the processor that this thread has taken, in milliseconds. */
function worked(): number {
  const { threadCpuUsage } = process as { threadCpuUsage?: typeof process.cpuUsage };
  if (!threadCpuUsage) return 0;
  const { user, system } = threadCpuUsage();
  return (user + system) / 1000;
}

function watch(): void {
  let last = performance.now();
  let lastWorked = worked();
  setInterval(() => {
    const now = performance.now();
    worstTurn = Math.max(worstTurn, now - last - WATCH_INTERVAL);
    last = now;
    const total = worked();
    worstWork = Math.max(worstWork, total - lastWorked);
    lastWorked = total;
  }, WATCH_INTERVAL).unref();
}

process.on('disconnect', () => process.exit());
process.on('message', (question: Question) => {
  if (question === 'watch') watch();
  if (question === 'memory') process.send?.(process.memoryUsage.rss());
  if (question === 'vitals') {
    const resident = process.memoryUsage.rss();
    const peak = process.resourceUsage().maxRSS * 1024;
    const { user, system } = process.cpuUsage();
    const processor = (user + system) / 1000;
    process.send?.({ resident, peak, worstTurn, worstWork, processor } satisfies Vitals);
  }
});
