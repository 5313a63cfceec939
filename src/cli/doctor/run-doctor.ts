import { createDeploymentState } from '../../aws/adapters/deployment-state';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { Check } from '../../flow/doctor/check';
import { unknown } from '../../flow/doctor/check';
import { checkCaller } from '../../flow/doctor/check-caller';
import { checkEndings } from '../../flow/doctor/check-endings';
import { checkRollout } from '../../flow/doctor/check-rollout';
import { CouldNotTellError, InputError } from '../cli-error';
import { checkRegion } from '../environment-region';
import { loginHint, withLoginHint } from '../operator/login-hint';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { plural } from '../plural';
import { exitOnSignals } from '../signals';
import { printable } from '../terminal';
import { checkHub } from './check-hub';
import { checkFromInside } from './check-from-inside';
import { rolloutPorts } from './rollout-ports';
import { startPrinting, type Print } from './print-checks';

export interface RunDoctorOptions extends OperatorOptions {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** The credentials are of a member account: only that is checked, from inside. */
  readonly member?: true;
  /** The credentials are of the account that the StackSet is made in: only that is checked. */
  readonly rollout?: true;
  /** Portcullis is to be removed: what would be left for good is checked, and nothing else. */
  readonly beforeRemoval?: true;
  readonly json?: true;
}

/**
 * Checks a deployment, prints each check as soon as it is known, and says with its exit code whether all is well.
 *
 * @throws InputError for accounts and Regions that are none, or without a Region; Error when something is not well;
 *   CouldNotTellError when something could not be checked and the rest is well
 */
export async function runDoctor(options: RunDoctorOptions): Promise<void> {
  refuseMistakes(options);
  const operator = await createOperator(options);
  const printing = startPrinting(options.json);
  const ignoreSignals = exitOnSignals(() => {
    printing.stop();
    return `${plural(printing.printed.length, 'check')} made, the others not; nothing was changed, and the same command begins afresh`;
  });
  try {
    await runChecks(options, operator, printing.print);
  } finally {
    printing.stop();
    ignoreSignals();
  }
  throwUnlessWell(printing.printed);
}

async function runChecks(options: RunDoctorOptions, operator: OperatorAdapters, print: Print): Promise<void> {
  const { accounts, regions, prefix } = options;
  const { region, ledger, questions } = operator;
  const caller = await createDeploymentState(region).fetchCaller();
  if (!caller.ok) {
    const login = loginHint(caller.error.cause);
    const check = unknown('credentials', caller.error);
    print([login === undefined ? check : { ...check, found: withLoginHint(caller.error.cause), fix: login }]);
    const how = login === undefined ? '; set AWS_PROFILE, or `aws sso login`' : '';
    throw new CouldNotTellError(`nothing can be checked without credentials${how}. ${caller.error.cause}`);
  }
  const { account } = caller.value;
  print(checkCaller(caller.value, region));
  if (options.member) await checkFromInside({ account, regions: regions ?? [region], prefix }, print);
  else if (options.rollout) print(await checkRollout(rolloutPorts(region, prefix), true));
  else if (options.beforeRemoval) {
    print(await checkEndings({ ledger, questions, now: new Date(), region, isBeforeRemoval: true }));
  } else await checkHub({ account, prefix, accounts, regions }, operator, print);
}

function throwUnlessWell(checks: readonly Check[]): void {
  const failing = checks.filter(({ status }) => status === 'failed');
  const unclear = checks.filter(({ status }) => status === 'unknown');
  const names = [...failing, ...unclear].map(({ check }) => printable(check)).join(', ');
  const of = `of ${plural(checks.length, 'check')}`;
  if (failing.length > 0) throw new Error(`${String(failing.length)} ${of} failed: ${names}`);
  if (unclear.length > 0) throw new CouldNotTellError(`${String(unclear.length)} ${of} could not be made: ${names}`);
}

function refuseMistakes({ accounts, regions, member, rollout, beforeRemoval }: RunDoctorOptions): void {
  const noAccount = accounts?.find((account) => !/^\d{12}$/.test(account));
  if (noAccount !== undefined) throw new InputError(`--accounts: "${noAccount}" is no account id; it has 12 digits`);
  for (const region of regions ?? []) checkRegion(region, '--regions');
  if (member && beforeRemoval) {
    throw new InputError('--before-removal: the ledger is in the hub account; leave --member out');
  }
  if (member && accounts !== undefined) {
    throw new InputError('--accounts: with --member it is the account that the credentials are of; leave it out');
  }
  if (rollout && (member || accounts !== undefined || regions !== undefined)) {
    throw new InputError('--rollout checks the StackSet alone: leave --member, --accounts and --regions out');
  }
}
