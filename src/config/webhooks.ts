/** The settings of webhooks. */
import type { Setting } from './setting';

export interface WebhookSettings {
  /** Whether webhooks made over REST may lead to private addresses. */
  readonly webhookPrivate: boolean;
}

export const WEBHOOK_SETTINGS: {
  readonly [Name in keyof WebhookSettings]: Setting<WebhookSettings[Name]>;
} = {
  webhookPrivate: {
    variable: 'LATCHKEY_WEBHOOK_PRIVATE',
    flag: '--webhook-private <deny|allow>',
    description: 'whether webhooks made over REST may lead to addresses of this machine and site',
    default: 'deny',
    parse: (text) => (text === 'allow' ? true : text === 'deny' ? false : undefined),
    expected: 'deny or allow',
  },
};
