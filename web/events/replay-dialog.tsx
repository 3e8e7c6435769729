/** Sends events of the past to a webhook once more. */
import { useState } from 'preact/hooks';
import { MomentField, momentOf } from '../act/moment-field';
import { send } from '../api/request';
import { Dialog } from '../parts/dialog';
import { Form } from '../parts/form';

interface ReplayDialogProps {
  readonly merchant: string;
  readonly webhook: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function ReplayDialog({ merchant, webhook, onClose, onDone }: ReplayDialogProps) {
  const [since, setSince] = useState('');
  const replay = () => {
    const moment = momentOf(since);
    // No moment: all that ever were.
    const body = moment === undefined ? { after: 0 } : { since: moment };
    return send('replayWebhook', { merchant, params: { webhookId: webhook }, body });
  };
  return (
    <Dialog title="Replay" onClose={onClose}>
      <p>Events are sent once more, in their order, with the ids that they had.</p>
      <Form
        verb="Replay"
        act={replay}
        onDone={() => {
          onClose();
          onDone();
        }}
      >
        <MomentField
          label="Events since"
          value={since}
          onInput={setSince}
          hint="In your time zone. Nothing: all that ever were."
        />
      </Form>
    </Dialog>
  );
}
