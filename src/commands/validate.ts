/** `latchkey validate`: checks a saved request against the WSDL, without a server. */
import { Command } from 'commander';
import type { ValidateOptions } from './actions/validate';

const EXIT_CODES = `
Prints "valid: CLASS.OPERATION of VERSION", or what is wrong, one problem a line.

Exit code 0: valid. 2: it breaks the WSDL, or is no call of a served operation (then the sentence
of the Fault is printed). 1: the file cannot be read.`;

export function validateCommand(): Command {
  return new Command('validate')
    .description(
      'Check a saved request against the WSDL of its version, as LATCHKEY_VALIDATION=strict ' +
        'does. Needs no server and no database.',
    )
    .argument(
      '<file>',
      'an XML envelope, or an HTTP request as it was sent: request line, headers, empty line, ' +
        'body (not chunked); - reads standard input',
    )
    .option('--soap-action <action>', "what SOAPAction says; default: the saved request's own")
    .option('--json', 'print JSON')
    .addHelpText('after', EXIT_CODES)
    .action(async (file: string, options: ValidateOptions) =>
      (await import('./actions/validate.js')).validateFile(file, options),
    );
}
