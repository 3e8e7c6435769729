/** Options of the commands that compare replies. */
import type { Command } from 'commander';

/** What they give. */
export interface ComparisonOptions {
  readonly ignore?: readonly string[];
  readonly moments?: string;
}

/** Adds them. */
export function addComparison(command: Command): Command {
  return command
    .option(
      '--ignore <rule...>',
      'differences that do not count: PATH, or KIND:PATH such as order:return; * is any text',
    )
    .option('--moments <seconds>', 'how far moments in replies may differ (default: 5)');
}
