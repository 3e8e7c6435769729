/** What the calls that echo share. */
import { elementNotSpecified } from '../returns';

/**
 * Answers with what is made of the value; an empty string is one.
 * @throws Refusal `… not specified.` where there is none (decided)
 */
export function echo<Value, Output>(
  element: string,
  value: Value | undefined,
  answer: (value: Value) => Output,
): Promise<Output> {
  return Promise.resolve(value).then((given) => {
    if (given === undefined) throw elementNotSpecified(element);
    return answer(given);
  });
}
