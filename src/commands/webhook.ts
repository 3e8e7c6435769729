/** `latchkey webhook`: URLs that get a signed message about each event. */
import { Command } from 'commander';
import type { ListenOptions } from './actions/listen';
import type { WebhookOptions } from './actions/webhook';
import type { MessageOptions } from './actions/webhook-messages';
import { addEndpointUrl, readEndpointUrl } from './endpoint-url';
import { addStoreOptions, MERCHANT_OPTION } from './options';

export function webhookCommand(): Command {
  return new Command('webhook')
    .description('Manage webhooks: URLs that get a signed message about each event.')
    .addCommand(add())
    .addCommand(list())
    .addCommand(show())
    .addCommand(change())
    .addCommand(remove())
    .addCommand(rotate())
    .addCommand(test())
    .addCommand(deliveries())
    .addCommand(resend())
    .addCommand(replay())
    .addCommand(listen());
}

const ID = ['<id>', 'its id'] as const;
const TYPES = ['--types <list>', 'only these types of events, separated by commas'] as const;

function common(command: Command): Command {
  return addStoreOptions(command.option(...MERCHANT_OPTION));
}

const actions = () => import('./actions/webhook.js');
const messages = () => import('./actions/webhook-messages.js');

function add(): Command {
  const command = new Command('add')
    .description('Have events sent to a URL, from now on; the secret is printed once.')
    .option(...TYPES)
    .option('--description <text>', 'what it is for, for people');
  addEndpointUrl(command, 'where they are sent: https, or http to a private address');
  return common(command).action(async (url: string | undefined, options: WebhookOptions) =>
    (await actions()).add(command, readEndpointUrl(url, options.url), options),
  );
}

function list(): Command {
  const command = new Command('list').description('List the webhooks: id, state, waiting, URL.');
  return common(command).action(async (options: WebhookOptions) =>
    (await actions()).list(command, options),
  );
}

function show(): Command {
  const command = new Command('show').description('Show a webhook.').argument(...ID);
  return common(command).action(async (id: string, options: WebhookOptions) =>
    (await actions()).show(command, id, options),
  );
}

function change(): Command {
  const command = new Command('change')
    .description('Change a webhook, disable or enable it.')
    .argument(...ID)
    .option('--url <url>', 'its new URL')
    .option('--types <list>', 'the types that it gets from now on; `all` for every one')
    .option('--description <text>', 'what it is for, for people')
    .option('--disable', 'send it nothing')
    .option('--enable', 'send it what waits, then all that happened meanwhile');
  return common(command).action(async (id: string, options: WebhookOptions) =>
    (await actions()).change(command, id, options),
  );
}

function remove(): Command {
  const command = new Command('remove')
    .description('Remove a webhook with its secret and messages.')
    .argument(...ID);
  return common(command).action(async (id: string, options: WebhookOptions) =>
    (await actions()).remove(command, id, options),
  );
}

function rotate(): Command {
  const command = new Command('rotate')
    .description('Give it a new secret, printed once; the former one signs beside it for 24 hours.')
    .argument(...ID);
  return common(command).action(async (id: string, options: WebhookOptions) =>
    (await actions()).rotate(command, id, options),
  );
}

function test(): Command {
  const command = new Command('test')
    .description(
      'Have the server send a message of the type webhook.test, and say what came of it.',
    )
    .argument(...ID);
  return common(command).action(async (id: string, options: MessageOptions) =>
    (await messages()).test(command, id, options),
  );
}

function deliveries(): Command {
  const command = new Command('deliveries')
    .description('List the messages to a webhook, the newest first; or one with its attempts.')
    .argument(...ID)
    .argument('[message]', 'the number of a message')
    .option('--status <status>', 'only waiting, delivered or failed ones')
    .option('--limit <number>', 'how many at most (default: 100)');
  return common(command).action(
    async (id: string, message: string | undefined, options: MessageOptions) =>
      (await messages()).deliveries(command, id, message, options),
  );
}

function resend(): Command {
  const command = new Command('resend')
    .description('Have a message that was delivered or given up be sent once more.')
    .argument(...ID)
    .argument('<message>', 'its number');
  return common(command).action(async (id: string, message: string, options: MessageOptions) =>
    (await messages()).resend(command, id, message, options),
  );
}

function replay(): Command {
  const command = new Command('replay')
    .description('Have all that happened since be sent once more, with the same ids.')
    .argument(...ID)
    .option('--after <number>', 'what came after the event of this number; 0: all there ever was')
    .option('--since <moment>', 'what happened from this moment on: ISO 8601 with an offset');
  return common(command).action(async (id: string, options: MessageOptions) =>
    (await messages()).replayAll(command, id, options),
  );
}

function listen(): Command {
  const command = new Command('listen')
    .description('Forward the events of a server, signed, to a program on this machine.')
    .requiredOption('--forward-to <url>', 'the program to send them to')
    .option('--url <url>', "the server (default: this machine's, as the settings have it)")
    .option(...TYPES)
    .option('--after <number>', 'begin after the event of this number (default: the last there is)')
    .option('--secret <secret>', 'sign with this secret (default: a new one, which is printed)')
    .option('--count <number>', 'end after this number of events')
    .option('--json', 'print JSON, one document a line');
  return command.action(async (options: ListenOptions) =>
    (await import('./actions/listen.js')).listen(command, options),
  );
}
