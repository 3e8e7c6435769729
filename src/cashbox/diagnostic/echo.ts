/** The common part of the calls that echo. */
import { elementNotSpecified } from '../returns';

/**
 * Answers with the value's echo; an empty string is a value.
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
