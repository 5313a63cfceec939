import { Argument, type Command } from 'commander';
import { completionsOf } from '../completion/completions-of';
import { renderCompletion, SHELLS, type Shell } from '../completion/render-completion';

/** Adds its command, with help and options, to the program. */
export function registerCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'of which shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
For a command called \`portcullis\`: \`npm link\` in the checkout makes one.

Examples:
  $ portcullis completion bash >> ~/.bashrc
  $ portcullis completion zsh >> ~/.zshrc
  $ portcullis completion fish > ~/.config/fish/completions/portcullis.fish
`,
    )
    .action((shell: Shell) => {
      process.stdout.write(renderCompletion(shell, completionsOf(program)));
    });
}
