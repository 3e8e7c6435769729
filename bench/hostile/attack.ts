/** An attack on a server: what is sent, and what must be there before. One file each, in attacks/. */

/** The server under attack. */
export interface Target {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Where it takes SOAP requests. */
  readonly endpoint: string;
  /** The path of its database. */
  readonly database: string;
}

export interface Attack {
  /** As `--only` takes it. */
  readonly name: string;
  /** The line of the table: what is sent, and how much of it. */
  readonly title: string;
  /** Settings of the server, as flags: `--trusted-proxies=loopback`. */
  readonly flags?: readonly string[];
  /** Adds to a database that `seed` filled, before the server starts. */
  readonly prepare?: (database: string) => Promise<void>;
  /**
   * Attacks, until all that the attacker waits for is answered or has failed. Its answers are not
   * looked at, and no error of a connection may escape.
   * @returns a few words about the outcome, for the last column
   */
  readonly run: (target: Target) => Promise<string>;
}
