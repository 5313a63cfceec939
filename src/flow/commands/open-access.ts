import { answererOf, mayAnswer } from '../../core/questions/may-answer';
import { checkWanted, describeProblems } from '../../core/grants/check-wanted';
import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { OpenInput } from './grant-input';

/** Has one port opened to one block of addresses for a while. What the configuration does not allow is refused here. */
export async function openAccess(input: OpenInput, caller: Caller, ports: CommandPorts): Promise<CommandAnswer> {
  const { askId, target, port, source, reason } = input;
  const { grants, regions, clock } = ports;
  if (grants === undefined) {
    const fix = 'write grants: { maximum: 8h, ports: [22, 3389], sources: 32 } into portcullis.yaml, and deploy';
    return { kind: 'refused', reason: `nothing may be opened for a while: ${fix}` };
  }
  if (!mayAnswer(grants.approvers, answererOf(caller.arn))) {
    return { kind: 'refused', reason: `${caller.arn} is none of grants.approvers in portcullis.yaml; ask one of them` };
  }
  const wanted = checkWanted({ source, port, duration: input.for }, grants.limits);
  const problems = [
    ...(target.kind === 'security-group' ? [] : [`target: ${target.id} is no security group; name one, such as sg-…`]),
    ...(regions.includes(target.region)
      ? []
      : [`target: ${target.region} is none of members.regions; these are: ${regions.join(', ')}`]),
    ...(wanted.ok ? [] : [describeProblems(wanted.error)]),
  ];
  if (!wanted.ok || problems.length > 0) return { kind: 'refused', reason: problems.join('; ') };
  const asked = await ask(
    target,
    {
      id: `cli-${askId}`,
      action: 'grant',
      trigger: 'custom-action',
      decidedBy: `portcullis open by ${caller.arn}`,
      findings: [],
      rule: wanted.value.rule,
      until: new Date(clock.now().getTime() + wanted.value.seconds * 1000).toISOString(),
      reason,
      by: caller.arn,
    },
    ports,
  );
  return { kind: 'done', body: { requests: [asked] } };
}
