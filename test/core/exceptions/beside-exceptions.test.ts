import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { SecurityGroup } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { ruleText, stepText } from '../../cases/case-text';

const SSH = [{ from: 22, to: 22 }];

/** tcp 22 from each source; a prefix list is named by its id. */
function groupOf(sources: readonly string[], prefixLists: SecurityGroup['prefixLists'] = {}): SecurityGroup {
  const rules = sources.map((source) => ({
    SecurityGroupRuleId: `sgr-${source}`,
    GroupId: 'sg-0a1b2c3d',
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    ...(source.startsWith('pl-') ? { PrefixListId: source } : { CidrIpv4: source }),
    Tags: [],
  }));
  return { kind: 'security-group', id: 'sg-0a1b2c3d', name: 'web', tags: [], rules, prefixLists };
}

/** EC2.13, with an exception for tcp 22 from each source. */
function controlBeside(...sources: readonly string[]): readonly RequestedControl[] {
  return [{ id: 'EC2.13', parameters: [], except: sources.map((source) => ({ source, tcp: SSH, udp: [] })) }];
}

describe('What is the internet together with what an exception leaves goes in the same plan:', () => {
  test.each([
    {
      title: 'the other half',
      group: groupOf(['0.0.0.0/0', '128.0.0.0/1', '144.0.0.0/4']),
      controls: controlBeside('0.0.0.0/1'),
      steps: ['authorize tcp 22-22 from 0.0.0.0/1', 'revoke sgr-0.0.0.0/0 sgr-128.0.0.0/1'],
      remaining: ['sgr-144.0.0.0/4', 'tcp 22-22 from 0.0.0.0/1'],
    },
    {
      title: 'a part inside a half that goes, beside a half and a part that stay',
      group: groupOf(['0.0.0.0/1', '128.0.0.0/1', '64.0.0.0/2']),
      controls: controlBeside('0.0.0.0/2', '128.0.0.0/1'),
      steps: ['authorize tcp 22-22 from 0.0.0.0/2', 'revoke sgr-0.0.0.0/1 sgr-64.0.0.0/2'],
      remaining: ['sgr-128.0.0.0/1', 'tcp 22-22 from 0.0.0.0/2'],
    },
    {
      title: 'parts of the other half, beside a half that stays',
      group: groupOf(['0.0.0.0/1', '128.0.0.0/1', '128.0.0.0/2', '192.0.0.0/2']),
      controls: controlBeside('0.0.0.0/1'),
      steps: ['revoke sgr-128.0.0.0/1 sgr-128.0.0.0/2 sgr-192.0.0.0/2'],
      remaining: ['sgr-0.0.0.0/1'],
    },
    {
      title: 'the other half in the same prefix list',
      group: groupOf(['pl-1'], { 'pl-1': ['0.0.0.0/0', '128.0.0.0/1', '8.8.8.0/24'] }),
      controls: controlBeside('0.0.0.0/1'),
      steps: ['authorize tcp 22-22 from 0.0.0.0/1 8.8.8.0/24', 'revoke sgr-pl-1'],
      remaining: ['tcp 22-22 from 0.0.0.0/1', 'tcp 22-22 from 8.8.8.0/24'],
    },
    {
      title: 'nothing, where another control forbids what the exception names',
      group: groupOf(['0.0.0.0/0', '128.0.0.0/1']),
      controls: [...controlBeside('0.0.0.0/1'), { id: 'EC2.53', parameters: [] } as const],
      steps: ['revoke sgr-0.0.0.0/0'],
      remaining: ['sgr-128.0.0.0/1'],
    },
  ])('$title', ({ group, controls, steps, remaining }) => {
    const policy = { ...DEFAULT_PLAN_POLICY, expandPrefixLists: true };
    const plan = planClosing({ resource: group, controls, policy });
    expect(plan.steps.map(stepText)).toEqual(steps);
    expect(plan.remaining.map(ruleText)).toEqual(remaining);
    const again = planClosing({ resource: { ...group, rules: plan.remaining }, controls, policy });
    expect(again.steps).toEqual([]);
  });
});
