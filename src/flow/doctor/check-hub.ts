import { toDetectionNames } from '../../core/configuration/names/detection-names';
import { toDrillNames } from '../../core/configuration/names/drill-names';
import { toNotificationNames } from '../../core/configuration/names/notification-names';
import { toReportNames } from '../../core/configuration/names/report-names';
import { toSlackNames } from '../../core/configuration/names/slack-names';
import { customActionArn } from '../../core/custom-actions/custom-action';
import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

/** What the hub stack deploys: custom actions, functions, rules, queues, the ledger. */
export async function checkHub(ports: DoctorPorts): Promise<readonly Check[]> {
  const { names } = ports;
  const { customActions: maker, orchestrator, sweeper, ...functions } = names.functions;
  const others = [maker, ...functionsByChoice(ports.prefix)];
  const checks = await Promise.all([
    ...Object.values(names.customActions).map((action) => checkCustomAction(action, ports)),
    ...[...Object.values(functions), ...[orchestrator, sweeper].map(started)].map((name) => checkFunction(name, ports)),
    ...others.map((name) => checkIfThere(name, ports)),
    checkRules(ports),
    checkTable(ports),
    checkFindingQueue(ports),
    checkDeadLetters(ports),
  ]);
  return checks.flatMap((check) => check ?? []);
}

async function checkCustomAction(
  { id, name }: { readonly id: string; readonly name: string },
  ports: DoctorPorts,
): Promise<Check> {
  const check = `custom action ${name}`;
  const arn = customActionArn(ports, id);
  const found = await ports.deployment.hasCustomAction(arn);
  if (!found.ok) return unknown(check, found.error);
  return found.value ? ok(check, id) : failed(check, `${arn} is not there`, redeploy(ports));
}

async function checkFunction(name: string, ports: DoctorPorts): Promise<Check> {
  const check = `function ${name.split(':')[0] ?? name}`;
  const read = await ports.deployment.fetchFunction(name);
  if (!read.ok) return unknown(check, read.error);
  if (read.value === undefined) return failed(check, 'it is not there', redeploy(ports));
  const { version, state, lastUpdate } = read.value;
  const found = `version ${version}, ${state}, last update ${lastUpdate}`;
  // A function that nobody invoked for weeks is Inactive, and answers the next call:
  // https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
  const works = (state === 'Active' || state === 'Inactive') && lastUpdate !== 'Failed';
  return works ? ok(check, found) : failed(check, found, redeploy(ports));
}

/** Durable functions are started through this alias, which names a version. */
function started(name: string): string {
  return `${name}:live`;
}

/** They are there only where `portcullis.yaml` wants what they do. */
function functionsByChoice(prefix: string): readonly string[] {
  return [
    toDetectionNames(prefix).function,
    toNotificationNames(prefix).function,
    toSlackNames(prefix).function,
    toReportNames(prefix).function,
    started(toDrillNames(prefix).function),
  ];
}

async function checkIfThere(name: string, ports: DoctorPorts): Promise<Check | undefined> {
  const read = await ports.deployment.fetchFunction(name);
  return read.ok && read.value === undefined ? undefined : checkFunction(name, ports);
}

async function checkRules(ports: DoctorPorts): Promise<Check> {
  const check = 'event rules';
  const read = await ports.deployment.fetchRules(ports.names.eventRule(''));
  if (!read.ok) return unknown(check, read.error);
  // Those of automatic controls are always deployed, and disabled where a control is not switched on.
  const isSwitched = (name: string) => name.startsWith(ports.names.eventRule('Automatic-'));
  const disabled = read.value.filter(({ name, isEnabled }) => !isEnabled && !isSwitched(name)).map(({ name }) => name);
  const enabled = read.value.filter(({ name, isEnabled }) => isEnabled && isSwitched(name));
  // With both hubs a control has two.
  const automatic = new Set(enabled.map(({ name }) => name.replace(/-V2$/, ''))).size;
  if (read.value.length === 0) return failed(check, 'there are none', redeploy(ports));
  if (disabled.length === 0) return ok(check, `enabled; automatic for ${String(automatic)} controls`);
  const fix = disabled.map((name) => `aws events enable-rule --name ${name} --region ${ports.region}`).join('; ');
  return failed(check, `disabled: ${disabled.join(', ')}`, fix);
}

async function checkTable(ports: DoctorPorts): Promise<Check> {
  const check = `ledger ${ports.names.ledgerTable}`;
  const read = await ports.deployment.fetchTable(ports.names.ledgerTable);
  if (!read.ok) return unknown(check, read.error);
  if (read.value === undefined) return failed(check, 'it is not there', redeploy(ports));
  const works = read.value === 'ACTIVE' || read.value === 'UPDATING';
  return works ? ok(check, read.value) : failed(check, read.value, waitFor(ports));
}

async function checkFindingQueue(ports: DoctorPorts): Promise<Check> {
  const name = ports.names.queues.findings;
  const check = `queue ${name}`;
  const read = await ports.deployment.fetchQueue(name);
  if (!read.ok) return unknown(check, read.error);
  if (read.value === undefined) return failed(check, 'it is not there', redeploy(ports));
  const { waiting, underWay } = read.value;
  return ok(check, `${String(waiting)} waiting, ${String(underWay)} under way`);
}

async function checkDeadLetters(ports: DoctorPorts): Promise<Check> {
  const name = ports.names.queues.deadLetters;
  const check = `queue ${name}`;
  const read = await ports.deployment.fetchQueue(name);
  if (!read.ok) return unknown(check, read.error);
  if (read.value === undefined) return failed(check, 'it is not there', redeploy(ports));
  const letters = read.value.waiting + read.value.underWay;
  const region = `--region ${ports.region}`;
  if (letters === 0) return ok(check, 'empty');
  return failed(
    check,
    `${String(letters)} dead letters`,
    `read their attribute PortcullisReason, then send them on (docs/operations.md): aws sqs receive-message ` +
      `--queue-url "$(aws sqs get-queue-url --queue-name ${name} --query QueueUrl --output text ${region})" ` +
      `--message-attribute-names All --max-number-of-messages 10 ${region}`,
  );
}

function redeploy({ names }: DoctorPorts): string {
  return `npx cdk deploy ${names.stacks.hub}`;
}

function waitFor({ names, region }: DoctorPorts): string {
  return `wait until it is ACTIVE: aws dynamodb wait table-exists --table-name ${names.ledgerTable} --region ${region}`;
}
