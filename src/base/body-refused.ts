/** Why the body of a request isn't taken; SOAP and REST say so in words of their own. */
export type BodyProblem =
  | 'too large'
  | 'too slow'
  | 'too many pieces'
  | 'cut off'
  | 'unknown encoding'
  | 'not in its encoding';

/** A body that isn't taken. */
export class BodyRefused extends Error {
  override name = 'BodyRefused';

  constructor(readonly problem: BodyProblem) {
    super(problem);
  }
}
