import { Command } from 'commander';
import { description, version } from '../../package.json';
import { registerBrake } from './commands/brake';
import { registerCompletion } from './commands/completion';
import { registerContext } from './commands/context';
import { registerDoctor } from './commands/doctor';
import { registerDrill } from './commands/drill';
import { registerExceptions } from './commands/exceptions';
import { registerFollow } from './commands/follow';
import { registerGrants } from './commands/grants';
import { registerNotify } from './commands/notify';
import { registerPlan } from './commands/plan';
import { registerPolicy } from './commands/policy';
import { registerQuestions } from './commands/questions';
import { registerRemediate } from './commands/remediate';
import { registerReport } from './commands/report';
import { registerSandbox } from './commands/sandbox';
import { registerScan } from './commands/scan';
import { registerShow } from './commands/show';
import { registerStart } from './commands/start';
import { registerUndo } from './commands/undo';
import { registerVerify } from './commands/verify';
import { registerWithdraw } from './commands/withdraw';
import { colorsFor } from './terminal';

/**
 * The whole command line. Command modules stay light: what needs an SDK, the CDK or the sandbox is required inside the
 * action, so that `--help` and the offline commands start at once.
 */
export function createProgram(): Command {
  const program = new Command('portcullis')
    .description(description)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError()
    // Throws instead of ending the process: main() decides on exit codes.
    .exitOverride()
    .configureHelp({ styleTitle: (title) => colorsFor(process.stdout).bold(title), sortSubcommands: false });

  // Commands made with `command()` inherit the settings above.
  registerPlan(program);
  registerStart(program);
  registerSandbox(program);
  registerReport(program);
  registerScan(program);
  registerRemediate(program);
  registerUndo(program);
  registerExceptions(program);
  registerGrants(program);
  registerQuestions(program);
  registerContext(program);
  registerDoctor(program);
  registerDrill(program);
  registerFollow(program);
  registerWithdraw(program);
  registerShow(program);
  registerVerify(program);
  registerBrake(program);
  registerPolicy(program);
  registerNotify(program);
  registerCompletion(program);
  reportErrorsInOneLine(program, program.name());

  return program.addHelpText(
    'after',
    `
Examples:
  $ aws ec2 describe-security-group-rules | portcullis plan --rules - --control EC2.13
  $ portcullis report --findings findings.json --out out
  $ portcullis sandbox

In a checkout: node bin/portcullis.cjs COMMAND. Never by npx elsewhere: it would ask a public registry for the name.

Exit codes: 0 done, 1 failed, 2 bad input, 3 could not tell.
PORTCULLIS_DEBUG=1 adds stack traces to errors; NO_COLOR=1 switches colours off.
`,
  );
}

/** What commander finds wrong with a command line, and the help that goes with it. */
function reportErrorsInOneLine(command: Command, path: string): void {
  command.configureOutput({
    outputError: (text, write) => {
      write(`${text.trim().replace(/\s*\n\s*/g, ' ')} (see ${path} --help)\n`);
    },
  });
  for (const each of command.commands) reportErrorsInOneLine(each, `${path} ${each.name()}`);
}
