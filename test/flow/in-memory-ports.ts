import type { Finding, FindingKey } from '../../src/core/findings/finding';
import type { RemediationRecord } from '../../src/core/ledger/remediation-record';
import type { Attachment } from '../../src/core/attachment';
import type { NetworkAcl, NetworkAclEntry } from '../../src/core/network/network-acl';
import { entryKey } from '../../src/core/network/network-acl-entry';
import { permissionKey } from '../../src/core/network/rule-source';
import type { SecurityGroup, SecurityGroupRule, Tag } from '../../src/core/network/security-group-rule';
import { REMEDIATION_TAG } from '../../src/core/planning/undo-rules';
import { isNetworkAclStep } from '../../src/core/planning/is-network-acl-step';
import type { NetworkAclStep, SecurityGroupStep } from '../../src/core/planning/plan';
import type { Resource } from '../../src/core/resource';
import { failure, success } from '../../src/core/result';
import { targetArn, targetKey, type Target } from '../../src/core/target';
import type { FindingUpdate } from '../../src/core/updates/finding-update';
import type { DispatchPorts } from '../../src/flow/dispatch';
import { findingIdentity } from '../../src/flow/route-finding';
import type {
  CloseRequest,
  DomainEvent,
  FailureCode,
  Outcome,
  PortFailure,
  RemediationRequest,
  RunbookRun,
  RunbookStatus,
  UndoRequest,
  UnprocessedFinding,
} from '../../src/flow/ports';
import type { RemediatePorts } from '../../src/flow/remediate-target';

export const TARGET: Target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-0a1b2c3d4e5f60718',
};

export const ACL: Target = { ...TARGET, kind: 'network-acl', id: 'acl-0a1b2c3d4e5f60718' };

export function entry(RuleNumber: number, fields: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  return {
    RuleNumber,
    Protocol: '6',
    RuleAction: 'allow',
    Egress: false,
    ...(fields.Ipv6CidrBlock ? {} : { CidrBlock: '0.0.0.0/0' }),
    ...fields,
  };
}

export function ingress(id: string, fields: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  return {
    SecurityGroupRuleId: id,
    GroupId: TARGET.id,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    ...(fields.CidrIpv6 || fields.PrefixListId ? {} : { CidrIpv4: '0.0.0.0/0' }),
    ...fields,
  };
}

export function findingOn(target: Target, fields: Partial<Finding> = {}): Finding {
  return {
    id: `arn:aws:securityhub:${target.region}:${target.account}:security-control/EC2.13/finding/1`,
    productArn: `arn:aws:securityhub:${target.region}::product/aws/securityhub`,
    account: target.account,
    region: target.region,
    title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
    control: { id: 'EC2.13', parameters: [] },
    target,
    problem: undefined,
    compliance: 'FAILED',
    workflow: 'NEW',
    recordState: 'ACTIVE',
    severity: 'HIGH',
    firstObservedAt: '2026-01-02T03:04:05.000Z',
    note: undefined,
    ...fields,
  };
}

export function failed(code: FailureCode, cause: string, retryable = false): PortFailure {
  return { code, cause, retryable };
}

/** A small world behind the flow's ports: its own state, what was done to it, and switches to make it misbehave. */
export class InMemoryWorld {
  now = Date.parse('2026-03-01T12:00:00.000Z');
  resource: Resource = { kind: 'security-group', id: TARGET.id, name: 'web', tags: [], rules: [], prefixLists: {} };
  attachments: readonly Attachment[] = [];
  gone = false;
  findings: Finding[] = [];
  readonly updates = new Map<string, FindingUpdate>();
  readonly records = new Map<string, RemediationRecord>();
  readonly saved: RemediationRecord[] = [];
  readonly events: DomainEvent[] = [];
  readonly runs: RunbookRun[] = [];
  readonly deadLetters: { body: string; reason: string }[] = [];
  readonly starts: { target: Target; generation: number }[] = [];
  readonly steps: string[] = [];
  readonly metrics: string[] = [];
  readonly claims = new Map<string, { generation: number; arrivals: number; leaseUntil?: number }>();
  requests: { target: string; request: RemediationRequest }[] = [];

  /** Looks that still show the rules as they were before the last change. */
  staleLooks = 0;
  /** Consulted before each look; a failure makes the target unreadable. */
  whenObserving: () => PortFailure | undefined = () => undefined;
  whenReadingAttachments: () => PortFailure | undefined = () => undefined;
  whenReadingLedger: () => PortFailure | undefined = () => undefined;
  /** What a started run does; the default carries the step out. */
  whenRunning: (run: RunbookRun) => RunbookStatus | PortFailure | undefined = () => undefined;
  whenUpdating: (keys: readonly { id: string }[]) => PortFailure | undefined = () => undefined;
  /** Findings that Security Hub leaves unprocessed this time. */
  whenProcessing: (keys: readonly FindingKey[]) => readonly UnprocessedFinding[] = () => [];
  /** Requests that one look hands over. */
  requestsPerLook = 50;
  whenSaving: (record: RemediationRecord) => PortFailure | undefined = () => undefined;
  whenFetching: () => PortFailure | undefined = () => undefined;
  whenPublishing: () => PortFailure | undefined = () => undefined;
  whenReleasing: () => void = () => undefined;
  whenStarting: () => PortFailure | undefined = () => undefined;

  #before: Resource = this.resource;
  #requestCount = 0;
  #runCount = 0;
  #statuses = new Map<string, RunbookStatus>();

  get rules(): readonly SecurityGroupRule[] {
    return this.resource.kind === 'security-group' ? this.resource.rules : [];
  }

  set rules(rules: readonly SecurityGroupRule[]) {
    this.resource = { ...this.#group, rules };
  }

  get entries(): readonly NetworkAclEntry[] {
    return this.resource.kind === 'network-acl' ? this.resource.entries : [];
  }

  set entries(entries: readonly NetworkAclEntry[]) {
    const acl: NetworkAcl = { kind: 'network-acl', id: ACL.id, isDefault: false, tags: [], entries: [] };
    this.resource = { ...(this.resource.kind === 'network-acl' ? this.resource : acl), entries };
  }

  get #group(): SecurityGroup {
    if (this.resource.kind !== 'security-group') throw new Error('The world holds a network ACL.');
    return this.resource;
  }

  change(rules: readonly SecurityGroupRule[]): void {
    this.#before = this.resource;
    this.rules = rules;
  }

  readonly ports: RemediatePorts & DispatchPorts = {
    clock: { now: () => new Date(this.now) },
    identifiers: { remediationId: (target, ...numbers) => `rem-${target.id}-${numbers.join('-')}` },
    durable: {
      step: (name, run) => {
        this.steps.push(name);
        // As the real thing: what a step answers has been JSON.
        return run().then((result) => JSON.parse(JSON.stringify(result)) as typeof result);
      },
      sleep: (_, seconds) => {
        this.now += seconds * 1000;
        return Promise.resolve();
      },
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: { count: (metric) => void this.metrics.push(metric) },
    deadLetters: {
      save: (message) => answer(() => void this.deadLetters.push(message)),
    },
    events: {
      publish: (event) => {
        const problem = this.whenPublishing();
        return problem ? refuse(problem) : answer(() => void this.events.push(event));
      },
    },
    orchestrations: {
      start: (request) => {
        const problem = this.whenStarting();
        return problem ? refuse(problem) : answer(() => void this.starts.push(request));
      },
    },
    hub: {
      fetchFindings: (keys) => {
        const problem = this.whenFetching();
        const wanted = new Set(keys.map(findingIdentity));
        return problem
          ? refuse(problem)
          : answer(() => this.findings.filter((finding) => wanted.has(findingIdentity(finding))));
      },
      fetchFindingsOnTarget: (target) =>
        answer(() =>
          this.findings.filter(
            (each) =>
              each.target !== undefined &&
              targetArn(each.target) === targetArn(target) &&
              each.recordState === 'ACTIVE' &&
              (each.workflow === 'NEW' || each.workflow === 'NOTIFIED'),
          ),
        ),
      updateFindings: (keys, update) => {
        const problem = this.whenUpdating(keys);
        if (problem) return refuse(problem);
        const unprocessed = this.whenProcessing(keys);
        const left = new Set(unprocessed.map(({ id }) => id));
        for (const key of keys.filter(({ id }) => !left.has(id))) {
          this.updates.set(key.id, update);
          this.findings = this.findings.map((finding) => (finding.id === key.id ? updated(finding, update) : finding));
        }
        return answer(() => unprocessed);
      },
    },
    targets: {
      observe: () => {
        const problem = this.whenObserving();
        if (problem) return refuse(problem);
        if (this.gone) return answer(() => ({ kind: 'gone' as const }));
        const resource = this.staleLooks > 0 ? this.#before : this.resource;
        this.staleLooks = Math.max(0, this.staleLooks - 1);
        return answer(() => ({ kind: 'found' as const, resource }));
      },
      fetchAttachments: () => {
        const problem = this.whenReadingAttachments();
        return problem ? refuse(problem) : answer(() => this.attachments);
      },
    },
    runbooks: {
      start: (run) => {
        const answered = this.whenRunning(run);
        if (answered && 'code' in answered && 'cause' in answered) return refuse(answered);
        this.runs.push(run);
        const executionId = `execution-${String((this.#runCount += 1))}`;
        this.#statuses.set(executionId, answered ?? this.#carryOut(run));
        return answer(() => ({ executionId }));
      },
      explain: (_, executionId) => answer(() => this.#statuses.get(executionId) ?? { kind: 'running' as const }),
    },
    ledger: {
      saveRequest: (target, request) =>
        answer(() => {
          const entry = { target: targetKey(target), request };
          const known = this.requests.findIndex(
            (each) => each.request.id === request.id && each.target === entry.target,
          );
          if (known < 0) this.requests.push(entry);
          else this.requests[known] = entry;
        }),
      announceArrival: (target) =>
        answer(() => {
          const claim = this.claims.get(targetKey(target)) ?? { generation: 1, arrivals: 0 };
          claim.arrivals += 1;
          this.claims.set(targetKey(target), claim);
          return { generation: claim.generation };
        }),
      openWork: (target, generation) =>
        answer(() => {
          const claim = this.claims.get(targetKey(target));
          if (claim?.generation !== generation) return { kind: 'superseded' as const };
          const requests = this.requests
            .filter((each) => each.target === targetKey(target))
            .map(({ request }) => request);
          const handedOver = requests.slice(0, this.requestsPerLook);
          const more = handedOver.length < requests.length;
          return { kind: 'held' as const, arrivals: claim.arrivals, requests: handedOver, more };
        }),
      deleteRequests: (target, requests) =>
        answer(() => {
          const done = new Set(requests.map(({ id }) => id));
          this.requests = this.requests.filter(
            (each) => each.target !== targetKey(target) || !done.has(each.request.id),
          );
        }),
      release: (target, generation, arrivals) =>
        answer(() => {
          this.whenReleasing();
          const claim = this.claims.get(targetKey(target));
          if (claim?.generation !== generation || claim.arrivals !== arrivals) return false;
          claim.generation += 1;
          return true;
        }),
      saveRemediation: (record) => {
        const problem = this.whenSaving(record);
        if (problem) return refuse(problem);
        return answer(() => {
          this.saved.push(record);
          this.records.set(record.remediationId, record);
        });
      },
      fetchRemediation: (id) => {
        const problem = this.whenReadingLedger();
        return problem ? refuse(problem) : answer(() => this.records.get(id));
      },
      fetchRemediationsOf: (target) =>
        answer(() => [...this.records.values()].filter((each) => targetKey(each.target) === targetKey(target))),
    },
  };

  /** What the EC2 API would do with the step, and what SSM would say of it. */
  #carryOut({ step, action, remediationId }: RunbookRun): RunbookStatus {
    // What a closing adds is marked as ours, as the document's parameters do it.
    const mark = action === 'close' ? [{ Key: REMEDIATION_TAG, Value: remediationId }] : [];
    const code = isNetworkAclStep(step) ? this.#changeEntry(step) : this.#changeRules(step, mark);
    return code === undefined ? { kind: 'succeeded' } : { kind: 'failed', code, reason: `Failed: ${code}` };
  }

  #changeRules(step: SecurityGroupStep, mark: readonly Tag[]): string | undefined {
    const named = new Set(step.rules.map(permissionKey));
    const present = this.rules.filter((rule) => named.has(permissionKey(rule)));
    switch (step.call) {
      case 'RevokeSecurityGroupIngress':
      case 'RevokeSecurityGroupEgress':
        if (present.length < named.size) return 'InvalidPermission.NotFound';
        this.change(this.rules.filter((rule) => !named.has(permissionKey(rule))));
        return undefined;
      case 'AuthorizeSecurityGroupIngress':
      case 'AuthorizeSecurityGroupEgress': {
        if (present.length > 0) return 'InvalidPermission.Duplicate';
        const id = `sgr-new${String(this.#runCount)}-`;
        this.change([
          ...this.rules,
          ...step.rules.map((rule, i) => ({
            ...rule,
            SecurityGroupRuleId: `${id}${String(i)}`,
            ...(mark.length === 0 ? {} : { Tags: [...(rule.Tags ?? []), ...mark] }),
          })),
        ]);
        return undefined;
      }
    }
  }

  #changeEntry({ call, rules: [changed] }: NetworkAclStep): string | undefined {
    const others = this.entries.filter((each) => entryKey(each) !== entryKey(changed));
    const exists = others.length < this.entries.length;
    if (call === 'CreateNetworkAclEntry' && exists) return 'NetworkAclEntryAlreadyExists';
    if (call !== 'CreateNetworkAclEntry' && !exists) return 'InvalidNetworkAclEntry.NotFound';
    this.#before = this.resource;
    this.entries = call === 'DeleteNetworkAclEntry' ? others : [...others, changed];
    return undefined;
  }

  /** Somebody requests findings, and the dispatcher has done its part. */
  request(findings: readonly Finding[], fields: Partial<CloseRequest> = {}): void {
    const [first] = findings;
    if (!first?.target) throw new Error('A request needs a finding with a target.');
    this.addRequest(first.target, {
      ...this.#requestOn(findings),
      action: 'close',
      decidedBy: 'custom action "Close ingress"',
      ...fields,
    });
  }

  requestUndo(remediationId: string, findings: readonly Finding[], fields: Partial<UndoRequest> = {}): void {
    const target = this.records.get(remediationId)?.target ?? findings[0]?.target;
    if (!target) throw new Error('An undo needs a record or a finding with a target.');
    this.addRequest(target, {
      ...this.#requestOn(findings),
      action: 'undo',
      decidedBy: 'custom action "Undo closing"',
      remediationId,
      confirmed: false,
      ...fields,
    });
  }

  requestPreview(findings: readonly Finding[]): void {
    const [first] = findings;
    if (!first?.target) throw new Error('A preview needs a finding with a target.');
    this.addRequest(first.target, {
      ...this.#requestOn(findings),
      action: 'preview',
      decidedBy: 'custom action "Preview closing"',
    });
  }

  #requestOn(findings: readonly Finding[]) {
    return {
      id: `message-${String((this.#requestCount += 1))}`,
      trigger: 'custom-action' as const,
      findings: findings.map(({ id, productArn }) => ({ id, productArn })),
    };
  }

  addRequest(target: Target, request: RemediationRequest): void {
    const key = targetKey(target);
    this.requests.push({ target: key, request });
    const claim = this.claims.get(key) ?? { generation: 1, arrivals: 0 };
    claim.arrivals += 1;
    this.claims.set(key, claim);
  }
}

function answer<Value>(make: () => Value): Outcome<Value> {
  return Promise.resolve(success(make()));
}

function refuse<Value>(problem: PortFailure): Outcome<Value> {
  return Promise.resolve(failure(problem));
}

function updated(finding: Finding, { workflow, userDefinedFields: fields }: FindingUpdate): Finding {
  return {
    ...finding,
    workflow: workflow ?? finding.workflow,
    ...(fields === undefined ? {} : { portcullisOutcome: fields.PortcullisOutcome }),
    ...(fields?.PortcullisRemediationId === undefined
      ? {}
      : { portcullisRemediationId: fields.PortcullisRemediationId }),
  };
}
