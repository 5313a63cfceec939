import { randomUUID } from 'node:crypto';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { Target } from '../../../src/core/target';
import { drive } from '../faults-everywhere/drive';
import { call, inspect } from '../faults-everywhere/stage';
import type { AskingStage } from './asking-stage';

/** A group of its own for each story. */
export type AskedGroup = Target & { readonly findingId: string; readonly control: string };

const PLACE = { account: '222222222222', region: 'us-east-1' } as const;

let given = 0;

/** A group with one rule, which the control's finding is about; none for what is to be granted. */
export async function openGroup(stage: AskingStage, control: string, port: number | undefined): Promise<AskedGroup> {
  const input = { GroupName: `asked-${String((given += 1))}`, Description: 'Of a story' };
  const { GroupId: id } = await call<{ readonly GroupId: string }>(stage, PLACE, 'ec2', 'CreateSecurityGroup', input);
  if (port !== undefined) {
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await call(stage, PLACE, 'ec2', 'AuthorizeSecurityGroupIngress', { GroupId: id, IpPermissions });
  }
  const findingId = `arn:aws:securityhub:${PLACE.region}:${PLACE.account}:security-control/${control}/finding/${id}`;
  return { kind: 'security-group', partition: 'aws', ...PLACE, id, findingId, control };
}

export async function importFinding(stage: AskingStage, { control, findingId, ...group }: AskedGroup): Promise<void> {
  const arn = `arn:aws:ec2:${group.region}:${group.account}:security-group/${group.id}`;
  await stage.findings.importFinding({ ...group, arn }, control, { Id: findingId });
}

/** Asks as a person does: who hears that it did not work asks again, up to an hour long; answers the status. */
export async function askUntilHeard(stage: AskingStage, body: object): Promise<number> {
  const askId = randomUUID();
  let status = 0;
  for (let tries = 0; tries < 4; tries += 1) {
    const reply = await stage.world.clock.busy(stage.commands.ask({ askId, ...body }));
    status = reply.ok ? reply.value.status : 0;
    if (status === 200 || (status >= 400 && status < 500)) return status;
    await drive(stage, 15 * 60);
  }
  return status;
}

/** Lets hours pass. */
export async function pass(stage: AskingStage, hours: number): Promise<void> {
  await stage.world.clock.advance(hours * 3_600_000);
  await drive(stage);
}

export async function ingressOf(stage: AskingStage, group: AskedGroup): Promise<readonly SecurityGroupRule[]> {
  const Filters = [{ Name: 'group-id', Values: [group.id] }];
  const { SecurityGroupRules: rules } = await call<{ readonly SecurityGroupRules: readonly SecurityGroupRule[] }>(
    ...([stage, group, 'ec2', 'DescribeSecurityGroupRules', { Filters }] as const),
  );
  return rules.filter(({ IsEgress }) => !IsEgress);
}

export async function statusOf(stage: AskingStage, { findingId }: AskedGroup): Promise<string> {
  return (await stage.findings.findingOf(findingId)).Workflow?.Status ?? 'NEW';
}

interface Message {
  readonly queue: string;
  readonly body: string;
}

export async function messages(stage: AskingStage): Promise<readonly Message[]> {
  return inspect<readonly Message[]>(stage, 'sqs', 'messages');
}

/** How often anything was counted that has an alarm, or waits in a queue that has one. */
export async function alarms(stage: AskingStage, group: AskedGroup): Promise<number> {
  const metrics = await inspect<readonly { readonly name: string }[]>(stage, 'lambda', 'metrics');
  const dead = (await messages(stage)).filter(
    ({ queue, body }) => queue.endsWith('-DeadLetters') && body.includes(group.id),
  );
  return metrics.filter(({ name }) => ALARMED.has(name)).length + dead.length;
}

const ALARMED = new Set([
  'GrantsNotEnded',
  'QuestionsFailed',
  'RemediationsFailed',
  'RemediationsNotClosed',
  'FindingUpdatesFailed',
  'SlackRequestsFailed',
]);
