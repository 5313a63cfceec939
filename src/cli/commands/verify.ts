import type { Command } from 'commander';
import type { RunVerifyOptions } from '../verify/run-verify';

/** Adds its command, with help and options, to the program. */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('check certificates of remediations, offline: that they are unchanged, and that what they say holds')
    .argument('<file...>', 'certificates, as `portcullis show ID --certificate` writes them; - reads standard input')
    .option('--anchors <file>', 'what somebody else has kept of the chains: anchors.json of a report, or domain events')
    .option('--json', 'print everything that was checked as one JSON object')
    .addHelpText(
      'after',
      `
Needs neither AWS nor a deployment. Of each certificate it is checked that:
  unchanged        every part has the hash that was certified, and the whole too
  closed           nothing that the controls forbid is reachable after
  nothing-opened   nothing became reachable that was not before; by an undo, nothing beyond what the closing found
  smallest-cut     nothing was removed but what belonged to violating rules, and nothing ran but the plan
  outcome          outcome, states and runs agree
  chain            it follows the target's certificate before it, among the files given
  anchored         with --anchors: it is the one whose hash was kept elsewhere, and none that was kept is missing

Give all certificates of a target together: one that is missing in between is found, and an undo is held against its closing.

Exit codes: 0 all of it holds, 1 something does not hold, 2 not a certificate, or of an unknown version, 3 could not tell.

Examples:
  $ portcullis show rem-0123456789abcdef --certificate closing.json
  $ portcullis verify closing.json
  $ portcullis show rem-0123456789abcdef --certificate - --chain | portcullis verify - --json
  $ portcullis verify chain.json --anchors anchors-of-last-month.json
`,
    )
    .action(async (files: string[], options: RunVerifyOptions) => {
      const { runVerify } = require('../verify/run-verify') as typeof import('../verify/run-verify');
      await runVerify(files, options);
    });
}
