/** Answers as a screen shows them: on their way, there, or refused. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Answer, type CallName, type Input, Problem, send } from './request';
import { endSession } from './session';

/** A call's present state. */
export interface Asked<Value> {
  /** The last answer; it stays while another is on its way, and where the same question fails later. */
  readonly answer: Value | undefined;
  readonly problem: unknown;
  readonly isLoading: boolean;
  /** Asks once more. */
  readonly again: () => void;
}

/**
 * Asks whenever the parts of the question change.
 * @param ask gets a signal that is aborted when the answer is of no use any more
 * @param parts of the question; undefined: there is none yet
 */
export function useAsked<Value>(
  ask: (signal: AbortSignal) => Promise<Value>,
  parts: readonly unknown[] | undefined,
): Asked<Value> {
  const key = parts && JSON.stringify(parts);
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ key?: string; answer?: Value; problem?: unknown }>({});
  const [isLoading, setLoading] = useState(true);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (key === undefined) return undefined;
    const control = new AbortController();
    setLoading(true);
    latest
      .current(control.signal)
      .then((answer) => {
        if (!control.signal.aborted) setState({ key, answer });
      })
      .catch((problem: unknown) => {
        if (control.signal.aborted) return;
        if (problem instanceof Problem && problem.status === 401) endSession();
        setState((last) => (last.key === key ? { ...last, problem } : { key, problem }));
      })
      .finally(() => {
        if (!control.signal.aborted) setLoading(false);
      });
    return () => control.abort();
  }, [key, turn]);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  return { answer: state.answer, problem: state.problem, isLoading, again };
}

/**
 * The answer to a call that only reads.
 * @param input undefined: nothing is asked yet
 * @param turn the call is sent anew when it changes
 */
export function useAnswer<Name extends CallName>(
  name: Name,
  input: Omit<Input<Name>, 'signal' | 'body'> | undefined,
  turn = 0,
): Asked<Answer<Name>> {
  return useAsked<Answer<Name>>(
    (signal) => send(name, { ...input, signal }),
    input && [name, input, turn],
  );
}

/**
 * Asks once more in steady steps, as long as the page is looked at. What is on its way is waited for: where answers take
 * longer than a step, none would else ever come.
 * @param milliseconds between two looks; undefined: nothing is expected to change by itself
 */
export function useLooks(
  { again, isLoading }: Pick<Asked<unknown>, 'again' | 'isLoading'>,
  milliseconds: number | undefined,
): void {
  const isUnderWay = useRef(isLoading);
  isUnderWay.current = isLoading;
  useEffect(() => {
    if (milliseconds === undefined) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !isUnderWay.current) again();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [again, milliseconds]);
}

/** A change that a button makes. */
export interface Doing {
  readonly problem: unknown;
  readonly isBusy: boolean;
  /** Carries something out, but not twice at once. @returns whether it succeeded */
  readonly run: (act: () => Promise<unknown>) => Promise<boolean>;
  /** Takes the problem off. */
  readonly clear: () => void;
}

/** Carries changes out and keeps what went wrong. */
export function useDoing(): Doing {
  const [problem, setProblem] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const busy = useRef(false);
  const run = useCallback(async (act: () => Promise<unknown>) => {
    if (busy.current) return false;
    busy.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      return true;
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.status === 401) endSession();
      setProblem(thrown);
      return false;
    } finally {
      busy.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setProblem(undefined), []);
  return { problem, isBusy, run, clear };
}
