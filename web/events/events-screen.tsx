/** Events: the feed as it happens, and the endpoints that get them. */
import { NoScreen } from '../parts/no-screen';
import { PageHead } from '../parts/page-head';
import { Tabs } from '../parts/tabs';
import { at } from '../route/screens';
import type { ScreenProps } from '../shell/screen-view';
import { Feed } from './feed';
import { PushScreen } from './push-screen';
import { PushSubscriptions } from './push-subscriptions';
import { WebhookScreen } from './webhook-screen';
import { Webhooks } from './webhooks';

const PARTS = [
  ['', 'Live feed'],
  ['webhooks', 'Webhooks'],
  ['push', 'Push notifications'],
] as const;

export function EventsScreen({ merchant, rest, query }: ScreenProps) {
  const [part = '', id] = rest;
  if (part === 'webhooks' && id !== undefined)
    return <WebhookScreen {...{ merchant, id, query }} />;
  if (part === 'push' && id !== undefined) return <PushScreen {...{ merchant, id }} />;
  if (!PARTS.some(([name]) => name === part)) return <NoScreen />;
  return (
    <div class="stack">
      <PageHead title="Events" />
      <Tabs
        label="Events"
        tabs={PARTS.map(([name, text]) => ({
          text,
          href: name === '' ? at.events(merchant) : at.events(merchant, name),
          isHere: name === part,
        }))}
      />
      {part === 'webhooks' ? (
        <Webhooks merchant={merchant} />
      ) : part === 'push' ? (
        <PushSubscriptions merchant={merchant} />
      ) : (
        <Feed merchant={merchant} />
      )}
    </div>
  );
}
