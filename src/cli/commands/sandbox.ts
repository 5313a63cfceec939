import { join } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../cli-error';
import { checkEnvironmentEndpoints } from '../environment-endpoints';

const PROJECT = join(__dirname, '..', '..', '..');
export const SANDBOX_CONFIGURATION = join(PROJECT, 'portcullis.sandbox.yaml');
/** Of a second deployment in the same hub, which `npm start` makes. */
export const SANDBOX_DETECTION = join(PROJECT, 'portcullis.sandbox-detection.yaml');
const DEFAULT_ENDPOINT = 'http://127.0.0.1:4599';

interface SandboxFlags {
  readonly port: string;
  readonly config: readonly [string, ...string[]];
  readonly scenario?: string;
  readonly members?: string;
}

interface PressFlags {
  readonly endpoint?: string;
  readonly account?: string;
  readonly region?: string;
  readonly prefix?: string;
}

/** `portcullis sandbox` and `portcullis sandbox press`. */
export function registerSandbox(program: Command): void {
  const sandbox = program
    .command('sandbox')
    .description('start an embedded AWS on this machine with Portcullis deployed into it, until it is interrupted')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes any free one', '4599')
    .option(
      '--config <file>',
      'a portcullis.yaml to deploy; given twice, two deployments with prefixes of their own in one hub',
      collect,
      [SANDBOX_CONFIGURATION],
    )
    .option('--members <number>', 'so many member accounts, from 200000000000 on, in place of two')
    .option('--scenario <file>', 'security groups and findings to begin with (docs/sandbox.md has the format)')
    .addHelpText(
      'after',
      `
An access key id of 12 digits acts as administrator of that account; the secret may be anything.

Examples:
  $ portcullis sandbox &
  $ export AWS_ENDPOINT_URL=http://127.0.0.1:4599 AWS_ACCESS_KEY_ID=222222222222 AWS_SECRET_ACCESS_KEY=anything
  $ aws ec2 describe-security-groups --region us-east-1
  $ portcullis sandbox press "Close ingress" FINDING_ID
`,
    )
    .allowExcessArguments()
    .action(async (flags: SandboxFlags, { args: [other] }: Command) => {
      if (other !== undefined) {
        throw new InputError(`there is no command "sandbox ${other}"; there are "sandbox" alone and "sandbox press"`);
      }
      const { runSandbox } = require('../sandbox/run-sandbox') as typeof import('../sandbox/run-sandbox');
      await runSandbox({
        port: parsePort(flags.port),
        configurationFiles: flags.config,
        scenarioFile: flags.scenario,
        members: flags.members === undefined ? undefined : toMembers(flags.members),
      });
    });

  sandbox
    .command('press')
    .description("play the console's click on a custom action, for one finding or several")
    .argument('<action>', 'name of the custom action, such as "Close ingress"')
    .argument('<finding-id...>', 'ids of findings, as get-findings prints them')
    .option('--endpoint <url>', `where the sandbox listens (default: AWS_ENDPOINT_URL, then ${DEFAULT_ENDPOINT})`)
    .option('--prefix <prefix>', 'of the deployment, where several have an action of that name')
    .option('--account <id>', "the account that clicks (default: the sandbox's hub)")
    .option('--region <code>', "the Region that the click is made in (default: the hub's)")
    .addHelpText(
      'after',
      `
Examples:
  $ portcullis sandbox press "Close ingress" FINDING_ID
  $ portcullis sandbox press "Preview closing" FINDING_ID OTHER_FINDING_ID --endpoint http://127.0.0.1:4600
`,
    )
    .action(async (action: string, findingIds: string[], flags: PressFlags) => {
      const { runPress } = require('../sandbox/run-press') as typeof import('../sandbox/run-press');
      if (flags.endpoint === undefined) checkEnvironmentEndpoints();
      const endpoint = flags.endpoint ?? (process.env['AWS_ENDPOINT_URL'] || DEFAULT_ENDPOINT);
      await runPress(action, findingIds, { ...flags, endpoint });
    });
}

/** The first that is given takes the place of the default. */
function collect(file: string, given: readonly string[]): readonly string[] {
  return given.length === 1 && given[0] === SANDBOX_CONFIGURATION ? [file] : [...given, file];
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InputError(`--port: "${text}" is not a port; write a number from 0 to 65535`);
  }
  return port;
}

/** Each has every Region, so that more would take minutes to deploy. */
const MOST_MEMBERS = 200;

function toMembers(text: string): readonly string[] {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_MEMBERS) {
    throw new InputError(`--members: "${text}" is no number of accounts; write one from 1 to ${String(MOST_MEMBERS)}`);
  }
  return Array.from({ length: count }, (_, index) => String(200_000_000_000 + index));
}
