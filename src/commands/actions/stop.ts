/** The end of a command that serves. */

/** The first signal answers what has arrived, then ends the process; a second one ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  const end = (signal: NodeJS.Signals) => {
    process.once(signal, () => process.exit(1));
    endAfter(stop);
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** A program that has ended, however it did, holds the other end of a pipe no longer. */
export function stopWithInput(stop: () => Promise<void>): void {
  const end = () => endAfter(stop);
  process.stdin.once('end', end).once('error', end).resume();
}

/** Output that nobody reads would keep the process. */
function endAfter(stop: () => Promise<void>): void {
  void stop().then(() => process.exit(0));
}
