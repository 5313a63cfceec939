import type { Command } from 'commander';
import { addOperatorOptions } from '../operator/operator-options';
import type { NotifyTestOptions } from '../notify/run-notify-test';

/** Adds its command, with help and options, to the program. */
export function registerNotify(program: Command): void {
  const notify = program
    .command('notify')
    .description('try out the channels that notify people of what Portcullis did')
    .helpCommand(false);
  const test = notify
    .command('test')
    .description('send a test over a channel, past its filters')
    .argument('<channel>', 'as in notifications of portcullis.yaml, such as webhook')
    .option('--json', 'print one JSON object: {"channel","eventId"}');
  addOperatorOptions(test)
    .addHelpText(
      'after',
      `
Needs credentials of the hub account that may ask the commands function (docs/security.md).

Example:
  $ AWS_PROFILE=security portcullis notify test webhook
`,
    )
    .action(async (channel: string, options: NotifyTestOptions) => {
      const { runNotifyTest } = require('../notify/run-notify-test') as typeof import('../notify/run-notify-test');
      await runNotifyTest(channel, options);
    });
}
