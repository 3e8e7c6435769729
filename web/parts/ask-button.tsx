/** A button that asks once more before it does something that cannot be taken back easily. */
import { useState } from 'preact/hooks';
import { useDoing } from '../api/use-answer';
import { Dialog } from './dialog';
import { Fault } from './notice';

interface AskButtonProps {
  /** What the button says. */
  readonly text: string;
  /** What will happen, in a sentence. */
  readonly question: string;
  readonly act: () => Promise<unknown>;
  readonly onDone: () => void;
}

export function AskButton({ text, question, act, onDone }: AskButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const doing = useDoing();
  const run = async () => {
    const isDone = await doing.run(act);
    if (!isDone) return;
    setOpen(false);
    onDone();
  };
  return (
    <>
      <button type="button" class="button small danger" onClick={() => setOpen(true)}>
        {text}
      </button>
      {isOpen && (
        <Dialog title={text} onClose={() => setOpen(false)}>
          <p>{question}</p>
          <Fault problem={doing.problem} />
          <div class="row">
            <button
              type="button"
              class="button danger"
              disabled={doing.isBusy}
              onClick={() => void run()}
            >
              {doing.isBusy ? 'Working…' : text}
            </button>
            <button type="button" class="button" onClick={() => setOpen(false)}>
              Leave it as it is
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
