/** The problems of a request: a list with a limit, and the words for them. */
import { cut } from '../base/quote';
import { SoapFault } from './fault';

export interface Problem {
  /** Where: `/grantEntitlement/account/VID`. */
  readonly path: string;
  /** The problem and the expected form, without a full stop. */
  readonly message: string;
}

/** More than this a person doesn't read at once, and a broken generator repeats itself. */
export const MAX_PROBLEMS = 10;

/** Problems in the order in which they were found; those beyond the tenth are not kept. */
export class Problems {
  private readonly kept: Problem[] = [];
  private overflowing = false;

  get list(): readonly Problem[] {
    return this.kept;
  }

  /** Whether there are more than are kept; looking any further is of no use then. */
  get overflow(): boolean {
    return this.overflowing;
  }

  add(path: string, message: string): void {
    if (this.kept.length < MAX_PROBLEMS) this.kept.push({ path: cut(path), message });
    else this.overflowing = true;
  }

  /** One sentence for each. */
  get sentences(): readonly string[] {
    const sentences = this.kept.map(({ path, message }) => `${path}: ${message}.`);
    return this.overflowing ? [...sentences, 'There is more.'] : sentences;
  }

  /**
   * @param version the number of the version that was asked for
   * @throws SoapFault that lists the problems, if there are any
   */
  throwIfAny(version: string): void {
    if (this.kept.length === 0) return;
    throw new SoapFault(
      'Client',
      `The request breaks the WSDL of ${version}: ${this.sentences.join(' ')}`,
    );
  }
}
