/** `latchkey completion`: a script that lets a shell complete command lines. */
import { Argument, Command } from 'commander';
import { type Shell, SHELLS } from './shells';

const INSTALLATION = `
bash:  source <(latchkey completion bash)      in ~/.bashrc
zsh:   source <(latchkey completion zsh)       in ~/.zshrc, after compinit
fish:  latchkey completion fish > ~/.config/fish/completions/latchkey.fish`;

export function completionCommand(): Command {
  const command = new Command('completion');
  return command
    .description(
      'Print a script for a shell, which then completes commands, flags and their values.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', INSTALLATION)
    .action(async (shell: Shell) =>
      (await import('./actions/completion.js')).printCompletion(command.parent ?? command, shell),
    );
}
