/** What may be put around the check of credentials, whatever they are. */

/**
 * Gives the same check, gone along with.
 * @param authenticate answers undefined, or throws TooManyFailures, where the credentials are not good
 */
export type AroundLogin = <From extends unknown[], Who>(
  authenticate: (...from: From) => Promise<Who | undefined>,
) => (...from: From) => Promise<Who | undefined>;
