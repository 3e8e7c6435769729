/** A change in two steps: first what will be different, then, when a person has seen it, the change itself. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Answer, type Body, newOnceKey, send } from '../api/request';
import { useDoing } from '../api/use-answer';
import { Dialog } from '../parts/dialog';
import { Fault } from '../parts/notice';
import { PreviewView } from './preview-view';

export type PreviewBody = Body<'previewChange'>;

interface ActDialogProps {
  readonly merchant: string;
  readonly title: string;
  /** What the button says that does it. */
  readonly verb: string;
  /** The change as the fields say it. */
  readonly body: PreviewBody;
  /** Carries it out. @param onceKey the same for each try, so that nothing is done twice */
  readonly perform: (onceKey: string) => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => void;
  /** The fields; they keep what was typed. */
  readonly children?: ComponentChildren;
}

export function ActDialog(props: ActDialogProps) {
  const { merchant, title, verb, body, perform, onClose, onDone, children } = props;
  const doing = useDoing();
  const [preview, setPreview] = useState<Answer<'previewChange'>>();
  const onceKey = useRef(newOnceKey());
  const look = (event: Event) => {
    event.preventDefault();
    void doing.run(async () => setPreview(await send('previewChange', { merchant, body })));
  };
  const act = async () => {
    const isDone = await doing.run(() => perform(onceKey.current));
    if (!isDone) return;
    onClose();
    onDone();
  };
  const back = () => {
    doing.clear();
    setPreview(undefined);
    // Another change is another call.
    onceKey.current = newOnceKey();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Fault problem={doing.problem} />
      {preview ? (
        <div class="stack">
          <PreviewView preview={preview} />
          <div class="row">
            <button
              type="button"
              class="button first"
              disabled={doing.isBusy}
              onClick={() => void act()}
            >
              {doing.isBusy ? 'Working…' : verb}
            </button>
            <button type="button" class="button" disabled={doing.isBusy} onClick={back}>
              Back
            </button>
          </div>
        </div>
      ) : (
        <form class="form" onSubmit={look}>
          {children}
          <div class="row">
            <button class="button first" disabled={doing.isBusy}>
              {doing.isBusy ? 'Looking…' : 'Show what will be different'}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
