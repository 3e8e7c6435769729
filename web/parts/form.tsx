/** A form that sends a call, keeps what was typed where it is refused, and says why. */
import type { ComponentChildren } from 'preact';
import { useDoing } from '../api/use-answer';
import { Fault } from './notice';

interface FormProps {
  /** What the button says. */
  readonly verb: string;
  readonly act: () => Promise<unknown>;
  readonly onDone?: () => void;
  readonly children: ComponentChildren;
}

export function Form({ verb, act, onDone, children }: FormProps) {
  const doing = useDoing();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await doing.run(act)) onDone?.();
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      <Fault problem={doing.problem} />
      {children}
      <div class="row">
        <button class="button first" disabled={doing.isBusy}>
          {doing.isBusy ? 'Working…' : verb}
        </button>
      </div>
    </form>
  );
}
