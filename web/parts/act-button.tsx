/** A button that does something at once, and says beside it what went wrong. */
import { useDoing } from '../api/use-answer';
import { Fault } from './notice';

interface ActButtonProps {
  readonly text: string;
  readonly act: () => Promise<unknown>;
  readonly onDone?: () => void;
  readonly class?: string;
}

export function ActButton({ text, act, onDone, class: look = 'button small' }: ActButtonProps) {
  const doing = useDoing();
  const run = async () => {
    if (await doing.run(act)) onDone?.();
  };
  return (
    <>
      <button type="button" class={look} disabled={doing.isBusy} onClick={() => void run()}>
        {doing.isBusy ? 'Working…' : text}
      </button>
      <Fault problem={doing.problem} />
    </>
  );
}
