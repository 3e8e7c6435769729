/** What each option of `latchkey webhook` shows. */
import type { Commands } from './option-case';

/** `{webhook}` is the id of a webhook. */
export const WEBHOOK_CASES: Readonly<Record<string, Commands>> = {
  'webhook add': {
    args: ['--url', 'https://shop.example.com/'],
    options: {
      '--url': {
        from: [],
        give: ['https://other.example.com/'],
        shows: /url +https:\/\/other\.example\.com\/\n/,
      },
      '--types': { give: ['account.created'], shows: /types +account\.created\n/ },
      '--description': { give: ['Shop'], shows: /description +Shop\n/ },
    },
  },
  'webhook list': { args: [], options: { '--json': { shownBy: 'test/commands/webhook.test.ts' } } },
  'webhook show': { args: ['{webhook}'] },
  'webhook change': {
    args: ['{webhook}', '--description', 'Shop'],
    options: {
      '--url': { give: ['https://other.example.com/'], shows: /url +https:\/\/other/ },
      '--types': { give: ['account.created'], shows: /types +account\.created\n/ },
      '--description': {
        from: ['{webhook}', '--disable'],
        give: ['Other'],
        shows: /description +Other\n/,
      },
      '--disable': { give: [], shows: /state +disabled\n/ },
      '--enable': { from: ['{webhook}', '--disable'], give: [], shows: /contradict/ },
    },
  },
  'webhook remove': { args: ['{webhook}'] },
  'webhook rotate': { args: ['{webhook}'] },
  'webhook test': {
    args: ['none'],
    options: { '--json': { shownBy: 'test/commands/webhook.test.ts' } },
  },
  'webhook deliveries': {
    args: ['{webhook}'],
    options: {
      '--status': { shownBy: 'test/commands/webhook.test.ts' },
      '--limit': { shownBy: 'test/commands/webhook.test.ts' },
      '--json': { shownBy: 'test/commands/webhook.test.ts' },
    },
  },
  'webhook resend': {
    args: ['{webhook}', '1'],
    options: { '--json': { shownBy: 'test/commands/webhook.test.ts' } },
  },
  'webhook replay': {
    args: ['{webhook}', '--after', '0'],
    options: {
      '--after': { from: ['{webhook}'], give: ['1'], shows: /after the event 1 / },
      '--since': { from: ['{webhook}'], give: ['2000-01-01T00:00Z'], shows: /after the event 0 / },
    },
  },
  'webhook listen': {
    args: ['--forward-to', 'none'],
    options: {
      '--forward-to': { shownBy: 'test/commands/webhook.test.ts' },
      '--url': { shownBy: 'test/commands/webhook.test.ts' },
      '--types': { shownBy: 'test/commands/webhook.test.ts' },
      '--after': { shownBy: 'test/commands/webhook.test.ts' },
      '--secret': { shownBy: 'test/commands/webhook.test.ts' },
      '--count': { shownBy: 'test/commands/webhook.test.ts' },
      '--json': { shownBy: 'test/commands/webhook.test.ts' },
    },
  },
};
