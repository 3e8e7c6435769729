/** `latchkey push`: subscriptions to CashBox's push notifications. */
import { Command, Option } from 'commander';
import type { AddOptions, ChangeOptions, OfMerchant, ResendOptions } from './actions/push';
import { addEndpointUrl, readEndpointUrl } from './endpoint-url';
import { addStoreOptions, MERCHANT_OPTION } from './options';

export function pushCommand(): Command {
  return new Command('push')
    .description("Manage subscriptions to CashBox's push notifications.")
    .addCommand(add())
    .addCommand(list())
    .addCommand(change())
    .addCommand(remove())
    .addCommand(test())
    .addCommand(failed())
    .addCommand(resend());
}

const ID = ['<id>', 'the id that push list shows'] as const;

const load = () => import('./actions/push.js');

function add(): Command {
  const command = new Command('add')
    .description(
      'Have the messages of a class sent to a URL, from now on. A key that is made is printed once; it is kept in the ' +
        'database, for it signs.',
    )
    .option(...MERCHANT_OPTION)
    .requiredOption('--class <class>', 'entitlement, autobills or accounts');
  addEndpointUrl(command, 'where messages are sent; http only to private addresses');
  return addStoreOptions(addValues(command)).action(
    async (url: string | undefined, options: AddOptions) =>
      (await load()).addPush(command, readEndpointUrl(url, options.url), options),
  );
}

function addValues(command: Command): Command {
  return command
    .option('--format <format>', 'json or form (new: json)')
    .option('--retries <number>', 'how often a message that failed is sent again (new: 5)')
    .option('--interval <seconds>', 'seconds between two attempts (new: 60)')
    .option('--skip <event...>', 'an event of the class that is not wanted; can be repeated')
    .option(
      '--coalesce',
      'of several sources of one entitlement id: the first start and the last stop',
    )
    .option(
      '--basic-user <name>',
      'user of HTTP Basic; its password is read from standard input, after a key',
    )
    .option('--email <address>', 'for errors: it is kept and shown, and nothing is sent to it')
    .option('--key-stdin', 'read the key that signs from the first line of standard input');
}

function list(): Command {
  const command = new Command('list')
    .description(
      'List the subscriptions: id, class, format, URL, retries, interval, failing since.',
    )
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (options: OfMerchant) =>
    (await load()).listPush(command, options),
  );
}

function change(): Command {
  const command = new Command('change')
    .description('Change a subscription; what is not given stays.')
    .argument(...ID)
    .option(...MERCHANT_OPTION)
    .option('--url <url>', 'where messages are sent; http only to private addresses');
  addValues(command)
    .addOption(new Option('--skip-none', 'all events of the class are wanted').conflicts('skip'))
    .addOption(new Option('--no-coalesce', 'each source by itself'))
    .addOption(new Option('--no-basic', 'without HTTP Basic').conflicts('basicUser'))
    .addOption(new Option('--no-email', 'without an address for errors'));
  return addStoreOptions(command).action(async (id: string, options: ChangeOptions) =>
    (await load()).changePush(command, id, options),
  );
}

function remove(): Command {
  const command = new Command('remove')
    .description('Remove a subscription with its key and messages.')
    .argument(...ID)
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (id: string, options: OfMerchant) =>
    (await load()).removePush(command, id, options),
  );
}

function test(): Command {
  const command = new Command('test')
    .description(
      'Have a message of the event test sent, without content; a running server sends it.',
    )
    .argument(...ID)
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (id: string, options: OfMerchant) =>
    (await load()).testPush(command, id, options),
  );
}

function failed(): Command {
  const command = new Command('failed')
    .description(
      'List the messages that failed for good, the newest first: id, event, message id, attempts, ended.',
    )
    .argument(...ID)
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(async (id: string, options: OfMerchant) =>
    (await load()).listFailed(command, id, options),
  );
}

function resend(): Command {
  const command = new Command('resend')
    .description(
      'Have messages that failed sent again, with the same text; a running server sends them.',
    )
    .argument(...ID)
    .argument('[message]', 'the id that push failed shows')
    .option('--all', 'all that failed, the oldest first')
    .option(...MERCHANT_OPTION);
  return addStoreOptions(command).action(
    async (id: string, message: string | undefined, options: ResendOptions) =>
      (await load()).resendPush(command, id, message, options),
  );
}
