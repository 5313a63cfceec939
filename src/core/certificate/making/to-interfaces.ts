import { isIsolable } from '../../target';
import type { InterfaceGroups, IsolatingGroup, IsolationStep } from '../../isolation/isolation';
import type { RemediationRecord } from '../../ledger/remediation-record';
import type { CertificateParts, CertifiedInterfaces, CertifiedStep } from '../certificate';

/** States and runs of an isolation, or of its undo; undefined for every other remediation. */
export function toInterfaces({
  target,
  isolation,
}: RemediationRecord): Pick<CertificateParts, 'before' | 'runs' | 'after'> | undefined {
  if (isolation === undefined || !isIsolable(target)) return undefined;
  const { before, isolating, runs, after } = isolation;
  const toState = (some: readonly InterfaceGroups[], groups: readonly IsolatingGroup[]): CertifiedInterfaces => ({
    kind: target.kind === 'instance' ? 'instance' : 'network-interface',
    id: target.id,
    interfaces: some.map((one) => ({ id: one.interfaceId, vpcId: one.vpcId, groups: one.groups })),
    isolating: groups,
  });
  return {
    before: toState(before, []),
    runs: runs.map(({ step, ...run }) => ({ ...run, step: toStep(step) })),
    after: after === undefined ? null : toState(after, isolating),
  };
}

function toStep(step: IsolationStep): CertifiedStep {
  switch (step.call) {
    case 'CreateSecurityGroup':
      return { call: step.call, rules: [], group: { vpcId: step.vpcId } };
    case 'RevokeSecurityGroupEgress':
    case 'RevokeSecurityGroupIngress':
      return { call: step.call, rules: step.rules, group: { id: step.groupId } };
    case 'ModifyNetworkInterfaceAttribute':
      return {
        call: step.call,
        rules: [],
        interface: { id: step.interfaceId, from: step.expected, to: step.groups },
      };
  }
}
