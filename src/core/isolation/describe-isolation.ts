import { renderRule } from '../network/rule-source';
import type { InterfaceGroups, IsolationRun, IsolationRunEnd, RecordedIsolation } from './isolation';

/** `sg-1, sg-2 on eni-1`. */
export function describeGroups({ interfaceId, groups }: Pick<InterfaceGroups, 'interfaceId' | 'groups'>): string {
  return `${groups.join(', ')} on ${interfaceId}`;
}

const ENDS: Readonly<Record<IsolationRunEnd, string>> = {
  'effect-seen': 'done, and seen',
  changed: 'not done, somebody was faster',
  failed: 'refused, nothing changed',
  'no-effect': 'no effect',
  unknown: 'not known whether it was done',
};

/** What a run was to do, and how it ended, in one line. */
export function describeIsolationRun({ step, end = 'unknown', executionId }: IsolationRun): string {
  const execution = executionId === undefined ? '' : `, runbook execution ${executionId}`;
  return `${wordsOf(step)}: ${ENDS[end]} (${step.call}${execution})`;
}

function wordsOf(step: IsolationRun['step']): string {
  switch (step.call) {
    case 'CreateSecurityGroup':
      return `make ${step.name} in ${step.vpcId}`;
    case 'RevokeSecurityGroupEgress':
    case 'RevokeSecurityGroupIngress':
      return `revoke ${step.rules.map(renderRule).join(', ')} of ${step.groupId}`;
    case 'ModifyNetworkInterfaceAttribute':
      return `give ${step.interfaceId} ${step.groups.join(', ')} in place of ${step.expected.join(', ')}`;
  }
}

/** What was seen to be taken from interfaces, and given to them. */
export function groupsChanged({ runs }: RecordedIsolation): {
  readonly taken: readonly string[];
  readonly given: readonly string[];
} {
  const replaced = runs.flatMap(({ step, end }) =>
    end === 'effect-seen' && step.call === 'ModifyNetworkInterfaceAttribute' ? [step] : [],
  );
  return {
    taken: replaced.map(({ interfaceId, expected }) => describeGroups({ interfaceId, groups: expected })),
    given: replaced.map(describeGroups),
  };
}
