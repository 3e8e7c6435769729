/** Lets requests wait for the listener that is to answer them. */
import type { RequestListener } from 'node:http';

/**
 * A listener that hands requests on to another, as soon as that is there.
 * @param find asked with each request until it has given the other
 */
export function whenReady(find: () => Promise<RequestListener>): RequestListener {
  let answer: RequestListener = (request, response) =>
    void find().then((ready) => {
      answer = ready;
      ready(request, response);
    });
  return (request, response) => answer(request, response);
}
