import type { Isolable, SeenInterface } from '../../../src/core/isolation/isolable';
import type { IsolationStep } from '../../../src/core/isolation/isolation';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { SecurityGroup } from '../../../src/core/network/security-group-rule';
import type { PlanStep } from '../../../src/core/planning/plan';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Policy } from '../../../src/core/policy/policy-entry';
import type { PortFailure, RunbookRun, RunbookStatus } from '../../../src/flow/ports';
import { remediate } from '../../../src/flow/remediation/remediate';
import { findingOn, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';
import { answer, refuse } from '../world/answers';

const GROUP = 'Portcullis-Isolation';

export const POLICY: Policy = {
  ...DEFAULT_PLAN_POLICY,
  isolation: { guardTag: 'portcullis:isolate', groupName: GROUP },
};

export const MACHINE = { ...TARGET, kind: 'instance' as const, id: 'i-0123456789abcdef0' };

export const FINDING = findingOn(TARGET, {
  id: 'guardduty/1',
  control: undefined,
  target: undefined,
  isolable: MACHINE,
  compliance: undefined,
});

function nic(interfaceId: string, ...groups: readonly string[]): SeenInterface {
  return { interfaceId, vpcId: 'vpc-1', subnetId: 'subnet-1', groups, tags: [] };
}

/** An instance with its interfaces and groups behind the flow's ports. */
export class IsolationWorld {
  readonly base = new InMemoryWorld();
  interfaces: SeenInterface[] = [nic('eni-1', 'sg-1', 'sg-2'), nic('eni-2', 'sg-1')];
  groups: SecurityGroup[] = [];
  existing: readonly string[] = ['sg-1', 'sg-2'];
  gone = false;
  /** Everything that runbooks were started for. */
  readonly runs: IsolationStep[] = [];
  /** Before a run takes effect: what somebody else does, or what SSM says instead. */
  whenRunning: (step: IsolationStep) => RunbookStatus | PortFailure | undefined = () => undefined;
  whenObserving: () => PortFailure | undefined = () => undefined;

  readonly #statuses = new Map<string, RunbookStatus>();
  #asked = 0;

  constructor() {
    this.base.findings = [FINDING];
    const { ports } = this.base;
    Object.assign(ports, {
      isolables: {
        observe: () => {
          const problem = this.whenObserving();
          if (problem) return refuse(problem);
          return answer(() =>
            this.gone ? { kind: 'gone' as const } : { kind: 'found' as const, isolable: this.isolable },
          );
        },
      },
      runbooks: {
        ...ports.runbooks,
        start: (run: RunbookRun<PlanStep | IsolationStep>) => {
          const step = run.step as IsolationStep;
          const said = this.whenRunning(step);
          if (said && 'cause' in said) return refuse(said);
          this.runs.push(step);
          const executionId = `execution-${String(this.runs.length)}`;
          this.#statuses.set(executionId, said ?? this.#carryOut(step));
          return answer(() => ({ executionId }));
        },
        getStatus: (_: unknown, id: string) => answer(() => this.#statuses.get(id) ?? { kind: 'running' as const }),
      },
    });
  }

  get isolable(): Isolable {
    return {
      kind: 'instance',
      id: MACHINE.id,
      tags: [],
      interfaces: this.interfaces,
      around: [],
      candidates: this.groups,
      existing: this.existing,
    };
  }

  get groupsNow(): string {
    return this.interfaces.map(({ interfaceId, groups }) => `${interfaceId}: ${groups.join('+')}`).join('; ');
  }

  /** EC2 and the runbooks as they are documented. */
  #carryOut(step: IsolationStep): RunbookStatus {
    switch (step.call) {
      case 'CreateSecurityGroup':
        if (this.groups.length > 0)
          return { kind: 'failed', code: 'InvalidGroup.Duplicate', reason: 'Failed: it is there' };
        this.groups = [isolating(true)];
        return { kind: 'succeeded' };
      case 'RevokeSecurityGroupEgress':
      case 'RevokeSecurityGroupIngress':
        this.groups = this.groups.map((group) => ({
          ...group,
          rules: group.rules.filter(({ IsEgress }) => IsEgress !== (step.call === 'RevokeSecurityGroupEgress')),
        }));
        return { kind: 'succeeded' };
      case 'ModifyNetworkInterfaceAttribute': {
        const one = this.interfaces.find(({ interfaceId }) => interfaceId === step.interfaceId);
        if (one?.groups.some((id) => step.expected.includes(id)) !== true) {
          return { kind: 'failed', reason: 'Failed: Desired values ["eni-1"] do not include the property’s value .' };
        }
        this.give(step.interfaceId, ...step.groups);
        return { kind: 'succeeded' };
      }
    }
  }

  give(id: string, ...groups: readonly string[]): void {
    this.interfaces = this.interfaces.map((one) => (one.interfaceId === id ? { ...one, groups } : one));
  }

  ask(action: 'isolate' | 'undo', fields: object = {}): void {
    this.base.addRequest(MACHINE, {
      id: `message-${String((this.#asked += 1))}`,
      trigger: 'custom-action',
      decidedBy: `custom action "${action}"`,
      findings: [{ id: FINDING.id, productArn: FINDING.productArn }],
      askedAt: new Date(this.base.now).toISOString(),
      ...(action === 'undo' ? { action, confirmed: false } : { action }),
      ...fields,
    });
  }

  /** What waits is worked on; the records that it made, in their order. */
  async run(policy: Policy = POLICY): Promise<readonly RemediationRecord[]> {
    const before = new Set(this.base.records.keys());
    const generation = [...this.base.claims.values()][0]?.generation ?? 1;
    await remediate({ target: MACHINE, generation, nonce: NONCE }, this.base.ports, policy);
    return [...this.base.records.values()].filter(({ remediationId }) => !before.has(remediationId));
  }

  async do(action: 'isolate' | 'undo', fields: object = {}, policy?: Policy): Promise<RemediationRecord | undefined> {
    this.ask(action, fields);
    return (await this.run(policy)).at(-1);
  }
}

export function isolating(isNew = false): SecurityGroup {
  const out = {
    SecurityGroupRuleId: 'sgr-out',
    IsEgress: true,
    IpProtocol: '-1',
    FromPort: -1,
    ToPort: -1,
    CidrIpv4: '0.0.0.0/0',
  };
  return {
    kind: 'security-group',
    id: 'sg-iso',
    name: GROUP,
    vpcId: 'vpc-1',
    tags: [{ Key: 'portcullis:isolating', Value: GROUP }],
    rules: isNew ? [out] : [],
    prefixLists: {},
  };
}
