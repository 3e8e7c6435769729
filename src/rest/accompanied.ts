/** Has something go along with calls, where anything does: elsewhere nothing is put round them. */
import type { Request, RequestHandler, Response } from 'express';
import type { GoAlong, Visit } from './visit';

/** The steps of a call. */
export interface Steps {
  /** Begins its visit. */
  readonly begin: (request: Request) => Visit;
  /** Fulfils when its answer is sent or broken off; never rejects. */
  readonly answer: (request: Request, response: Response, visit: Visit) => Promise<void>;
}

/** @param goAlong undefined: nothing goes along */
export function accompanied(
  { begin, answer }: Steps,
  goAlong: GoAlong | undefined,
): RequestHandler {
  if (!goAlong) return (request, response) => answer(request, response, begin(request));
  return (request, response) => {
    const visit = begin(request);
    return goAlong(visit, response, () => answer(request, response, visit));
  };
}
