/** A bar on the error output that shows how far something has come, and how long it will take. */

const WIDTH = 30;

/** Milliseconds between two drawings. */
const INTERVAL = 200;

/** Draws the bar over and over on a terminal; writes a line for each tenth elsewhere. */
export class ProgressBar {
  private readonly started = performance.now();
  private drawn = -Infinity;
  private tenth = 0;

  /** @param title what it is that goes on */
  constructor(
    private readonly title: string,
    private readonly output: NodeJS.WriteStream = process.stderr,
  ) {}

  /**
   * A bar for a command, on a terminal only.
   * @returns undefined where the error output is no terminal
   */
  static onTerminal(title: string): ProgressBar | undefined {
    return process.stderr.isTTY ? new ProgressBar(title) : undefined;
  }

  /** @param what what is done at present; `done` of `of` are, and at the end all */
  show(what: string, done: number, of: number): void {
    const now = performance.now();
    const finished = done >= of;
    const line = this.line(what, done / of, now - this.started);
    if (this.output.isTTY) {
      if (now - this.drawn < INTERVAL && !finished) return;
      this.drawn = now;
      this.output.write(`\r\x1b[K${line}${finished ? '\n' : ''}`);
    } else if (Math.floor((done / of) * 10) > this.tenth) {
      // Where nothing can be drawn over, a line for each tenth.
      this.tenth = Math.floor((done / of) * 10);
      this.output.write(`${line}\n`);
    }
  }

  /** Takes it off a terminal's line, for what is printed there; the next drawing puts it below that. */
  clear(): void {
    if (!this.output.isTTY) return;
    this.drawn = -Infinity;
    this.output.write('\r\x1b[K');
  }

  private line(what: string, part: number, elapsed: number): string {
    const filled = Math.round(part * WIDTH);
    const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
    const percent = `${Math.floor(part * 100)}%`.padStart(4);
    const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(0)} s`;
    const left = part > 0 && part < 1 ? `, ${seconds(elapsed / part - elapsed)} left` : '';
    return `${this.title} [${bar}]${percent} ${what}, ${seconds(elapsed)}${left}`;
  }
}
