import { success } from '../../src/core/result';
import { createIdentifiers } from '../../src/aws/identifiers';
import { sha256 } from '../../src/aws/sha-256';
import type { Wish } from '../../src/core/interactions/wish';
import type { Attachment } from '../../src/core/attachment';
import type { CertificateContents } from '../../src/core/certificate/certificate';
import type { Fact, Used } from '../../src/core/context/context';
import type { Surroundings } from '../../src/core/context/surroundings';
import { unreadSurroundings } from '../../src/core/context/unread-surroundings';
import type { ControlParameter } from '../../src/core/controls/control-id';
import type { Finding, FindingKey } from '../../src/core/findings/finding';
import type { RiskException } from '../../src/core/exceptions/risk-exception';
import type { Grant } from '../../src/core/grants/grant';
import type { Restored } from '../../src/core/ledger/restored';
import type { RemediationRecord } from '../../src/core/ledger/remediation-record';
import type { NetworkAcl, NetworkAclEntry } from '../../src/core/network/network-acl';
import type { IsolationStep } from '../../src/core/isolation/isolation';
import type { PlanStep } from '../../src/core/planning/plan';
import type { SecurityGroupRule } from '../../src/core/network/security-group-rule';
import type { Question } from '../../src/core/questions/question';
import type { Resource } from '../../src/core/resource';
import type { SweepRequest } from '../../src/core/sweeping/sweep';
import { targetKey, type Target } from '../../src/core/target';
import type { CommandPorts } from '../../src/flow/commands/command';
import type { DispatchPorts } from '../../src/flow/intake/dispatch';
import {
  EVERYTHING,
  type BrakeEvent,
  type CloseRequest,
  type DomainEvent,
  type ExecutionStart,
  type FlowLogs,
  type HubUpdate,
  type OneTimeSchedule,
  type PortFailure,
  type PortResult,
  type RemediationRequest,
  type Hold,
  type RunbookReport,
  type RequestAnswer,
  type RunbookRun,
  type RunbookStatus,
  type UndoRequest,
  type UnprocessedFinding,
} from '../../src/flow/ports';
import type { RemediatePorts } from '../../src/flow/remediation/remediate-target';
import { ACL, TARGET } from './fixtures';
import { answer, refuse } from './world/answers';
import { carryOut } from './world/carry-out';
import { createInMemoryHub } from './world/in-memory-hub';
import { createInMemoryLedger } from './world/in-memory-ledger';
import { createInMemoryQuestions } from './world/in-memory-questions';

export { ACL, entry, failed, findingOn, ingress, NONCE, TARGET } from './fixtures';

/** A small world behind the flow's ports: its own state, what was done to it, and switches to make it misbehave. */
export class InMemoryWorld {
  now = Date.parse('2026-03-01T12:00:00.000Z');
  resource: Resource = { kind: 'security-group', id: TARGET.id, name: 'web', tags: [], rules: [], prefixLists: {} };
  attachments: readonly Attachment[] = [];
  gone = false;
  findings: Finding[] = [];
  readonly updates = new Map<string, HubUpdate>();
  readonly records = new Map<string, RemediationRecord>();
  readonly saved: RemediationRecord[] = [];
  readonly certificates: CertificateContents[] = [];
  readonly events: DomainEvent[] = [];
  readonly brakeEvents: BrakeEvent[] = [];
  readonly runs: RunbookRun[] = [];
  readonly deadLetters: { body: string; reason: string }[] = [];
  /** By id. */
  readonly questions = new Map<string, Question>();
  /** One-time schedules that are not over, by name. */
  readonly schedules = new Map<string, OneTimeSchedule>();
  readonly starts: ExecutionStart[] = [];
  /** Executions that have ended, by their generation: whoever holds the target under one of them is dead. */
  readonly ended = new Set<number>();
  readonly steps: string[] = [];
  readonly metrics: string[] = [];
  readonly claims = new Map<string, { generation: number; arrivals: number; isHeld?: boolean }>();
  requests: { target: string; request: RemediationRequest }[] = [];
  /** Requests by target and id. */
  readonly answered = new Map<string, RequestAnswer>();
  /** Requests that an execution has begun with, by target and id. */
  readonly begun = new Set<string>();
  readonly restored = new Map<string, Restored>();
  readonly sweepsStarted: SweepRequest[] = [];
  /** By their ids. */
  readonly exceptions = new Map<string, RiskException>();
  /** By their ids. */
  readonly grants = new Map<string, Grant>();
  /** Closings that nobody chose, as the brake counts them. */
  closingsCounted = 0;
  /** By account. */
  readonly holds = new Map<string, Hold>();

  /** Until then Security Hub answers as it was before the findings were there. */
  findingsShowAt = 0;
  /** Looks that still show the rules as they were before the last change. */
  staleReads = 0;
  /** Until then every read does. */
  staleUntil = 0;
  /** Consulted before each read; a failure makes the target unreadable. */
  whenObserving: () => PortFailure | undefined = () => undefined;
  /** Around the target; nothing of it can be read, unless a test says otherwise. */
  surroundings: Surroundings = { ...unreadSurroundings('not read here'), associations: success([]) };
  /** What asking flow logs begins; each look at the query takes one of the answers, undefined while it runs. */
  asked: Awaited<ReturnType<FlowLogs['ask']>> = { cannotTell: 'not asked here' };
  readonly usedAnswers: (Fact<Used> | undefined)[] = [];
  /** Parameters of EC2.18 in the target's account. */
  authorized: readonly ControlParameter[] = [];
  whenReadingParameters: () => PortFailure | undefined = () => undefined;
  whenReadingAttachments: () => PortFailure | undefined = () => undefined;
  whenReadingLedger: () => PortFailure | undefined = () => undefined;
  /** What a started run does; the default carries the step out. */
  whenRunning: (run: RunbookRun) => RunbookStatus | PortFailure | undefined = () => undefined;
  /** What SSM says that an execution called; the default is what it was to call. */
  whenReporting: (run: RunbookRun) => RunbookReport = ({ step }) => ({
    kind: 'known',
    calls: [{ call: step.call, rules: step.rules }],
  });
  /** What somebody else does, right after a run has been carried out. */
  afterRunning: (run: RunbookRun) => void = () => undefined;
  whenCounting: () => PortFailure | undefined = () => undefined;
  whenHolding: () => PortFailure | undefined = () => undefined;
  whenUpdating: (keys: readonly FindingKey[], update: HubUpdate) => PortFailure | undefined = () => undefined;
  /** Findings that Security Hub leaves unprocessed this time. */
  whenProcessing: (keys: readonly FindingKey[]) => readonly UnprocessedFinding[] = () => [];
  /** Requests that one read hands over. */
  requestsPerRead = 50;
  whenSaving: (record: RemediationRecord) => PortFailure | undefined = () => undefined;
  whenCertifying: (contents: CertificateContents) => PortFailure | undefined = () => undefined;
  whenFetching: (keys: readonly FindingKey[]) => PortFailure | undefined = () => undefined;
  /** Consulted before each look for an undo that waits: the moments between the calls of a closing. */
  whenReadingUndos: () => PortFailure | undefined = () => undefined;
  /** How often a step is attempted that fails for what may pass. */
  attemptsAStep = 1;
  whenOpeningWork: () => PortFailure | undefined = () => undefined;
  whenReadingExceptions: () => PortFailure | undefined = () => undefined;
  whenSavingException: () => PortFailure | undefined = () => undefined;
  whenReadingGrants: () => PortFailure | undefined = () => undefined;
  whenSavingGrant: () => PortFailure | undefined = () => undefined;
  whenReadingRestored: () => PortFailure | undefined = () => undefined;
  whenSavingRestored: () => PortFailure | undefined = () => undefined;
  whenAsking: () => PortFailure | undefined = () => undefined;
  whenScheduling: () => PortFailure | undefined = () => undefined;
  whenPublishing: () => PortFailure | undefined = () => undefined;
  whenReleasing: () => void = () => undefined;
  whenWithdrawing: () => PortFailure | undefined = () => undefined;
  whenStarting: () => PortFailure | undefined = () => undefined;

  #before: Resource = this.resource;
  #requestCount = 0;
  #runCount = 0;
  #statuses = new Map<string, RunbookStatus>();

  get rules(): readonly SecurityGroupRule[] {
    return this.resource.kind === 'security-group' ? this.resource.rules : [];
  }

  set rules(rules: readonly SecurityGroupRule[]) {
    if (this.resource.kind !== 'security-group') throw new Error('The world holds a network ACL.');
    this.resource = { ...this.resource, rules };
  }

  get entries(): readonly NetworkAclEntry[] {
    return this.resource.kind === 'network-acl' ? this.resource.entries : [];
  }

  set entries(entries: readonly NetworkAclEntry[]) {
    const acl: NetworkAcl = { kind: 'network-acl', id: ACL.id, isDefault: false, tags: [], entries: [] };
    this.resource = { ...(this.resource.kind === 'network-acl' ? this.resource : acl), entries };
  }

  change(rules: readonly SecurityGroupRule[]): void {
    this.#before = this.resource;
    this.rules = rules;
  }

  readonly wishes = new Map<string, Wish>();

  readonly channelMessages: { readonly channel: string; readonly body: string }[] = [];

  readonly ports: RemediatePorts & DispatchPorts & CommandPorts = {
    channelQueues: {
      names: ['webhook'],
      send: async (channel, body) => {
        this.channelMessages.push({ channel, body });
        return success(undefined);
      },
    },
    receivers: { probe: () => answer(() => []) },
    clock: { now: () => new Date(this.now) },
    wishes: { fetchWish: (wishId) => answer(() => this.wishes.get(wishId)) },
    deciding: { automatic: ['EC2.13'] },
    units: [],
    exceptionMaxDays: 90,
    grants: { limits: { maximumMinutes: 480, ports: [{ from: 22, to: 22 }], ipv4: 32, ipv6: 128 } },
    identifiers: createIdentifiers('Portcullis'),
    regions: ['eu-central-1', 'us-east-1'],
    securityHub: 'cspm' as const,
    sweeps: {
      start: (request) => {
        this.sweepsStarted.push(request);
        return answer(() => undefined);
      },
    },
    durable: {
      step: (name, run) => {
        this.steps.push(name);
        // As the real thing: what a step answers has been JSON.
        return this.#attemptStep(run).then((result) => JSON.parse(JSON.stringify(result)) as typeof result);
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
      publish: (event: DomainEvent | BrakeEvent) => {
        const problem = this.whenPublishing();
        if (problem) return refuse(problem);
        return answer(() => {
          if ('target' in event.detail) this.events.push(event as DomainEvent);
          else this.brakeEvents.push(event as BrakeEvent);
        });
      },
    },
    orchestrations: {
      start: (request) => {
        const problem = this.whenStarting();
        if (problem) return refuse(problem);
        return answer(() => {
          this.starts.push(request);
          return { executionArn: String(request.generation) };
        });
      },
      fetchStatus: (arn) => answer(() => (this.ended.has(Number(arn)) ? ('ended' as const) : ('running' as const))),
    },
    questions: createInMemoryQuestions(this),
    schedules: {
      scheduleOnce: (schedule) => {
        const problem = this.whenScheduling();
        if (problem) return refuse(problem);
        return answer(() => {
          if (!this.schedules.has(schedule.name)) this.schedules.set(schedule.name, schedule);
        });
      },
      cancelSchedule: (name) => answer(() => void this.schedules.delete(name)),
    },
    flowLogs: {
      ask: () => Promise.resolve(this.asked),
      read: () => Promise.resolve(this.usedAnswers.shift()),
    },
    hub: createInMemoryHub(this),
    parameters: {
      fetchAuthorizedPorts: () => {
        const problem = this.whenReadingParameters();
        return problem ? refuse(problem) : answer(() => this.authorized);
      },
    },
    targets: {
      observe: () => {
        const problem = this.whenObserving();
        if (problem) return refuse(problem);
        if (this.gone) return answer(() => ({ kind: 'gone' as const }));
        const isStale = this.staleReads > 0 || this.now < this.staleUntil;
        const resource = isStale ? this.#before : this.resource;
        this.staleReads = Math.max(0, this.staleReads - 1);
        return answer(() => ({ kind: 'found' as const, resource }));
      },
      readSurroundings: () => Promise.resolve(this.surroundings),
      fetchAttachments: () => {
        const problem = this.whenReadingAttachments();
        return problem ? refuse(problem) : answer(() => this.attachments);
      },
    },
    isolables: { observe: () => answer(() => ({ kind: 'gone' as const })) },
    runbooks: {
      start: (started) => {
        const run = onRules(started);
        const answered = this.whenRunning(run);
        // SSM has seen the token before: it says no more than that.
        if (answered && 'cause' in answered && answered.code === 'conflict') return answer(() => ({}));
        if (answered && 'code' in answered && 'cause' in answered) return refuse(answered);
        this.runs.push(run);
        const executionId = `execution-${String((this.#runCount += 1))}`;
        this.#statuses.set(executionId, answered ?? this.carryOut(run));
        this.afterRunning(run);
        return answer(() => ({ executionId }));
      },
      report: (run) => answer(() => this.whenReporting(run)),
      getStatus: (_, executionId) => answer(() => this.#statuses.get(executionId) ?? { kind: 'running' as const }),
    },
    ledger: createInMemoryLedger(this),
    sha256,
    brake: {
      fetchHold: (account) => {
        const problem = this.whenHolding();
        return problem ? refuse(problem) : answer(() => this.holds.get(EVERYTHING) ?? this.holds.get(account));
      },
      hold: (hold) => {
        const problem = this.whenHolding();
        if (problem) return refuse(problem);
        return answer(() => {
          if (this.holds.has(hold.account)) return false;
          this.holds.set(hold.account, hold);
          return true;
        });
      },
      release: (account) =>
        answer(() => {
          const hold = this.holds.get(account);
          this.holds.delete(account);
          return hold;
        }),
      countClosing: () => {
        const problem = this.whenCounting();
        return problem ? refuse(problem) : answer(() => (this.closingsCounted += 1));
      },
      fetchHolds: () => answer(() => [...this.holds.values()]),
    },
  };

  async #attemptStep<Value>(run: (attempt: number) => PortResult<Value>): PortResult<Value> {
    for (let attempt = 1; ; attempt++) {
      const result = await run(attempt);
      if (result.ok || !result.error.retryable || attempt >= this.attemptsAStep) return result;
      this.now += 1000;
    }
  }

  /** Changes what is there as the run says, and answers what SSM would say of it. */
  carryOut(run: RunbookRun): RunbookStatus {
    const changed = carryOut(run, this.resource, this.#runCount);
    if (typeof changed === 'string') return { kind: 'failed', code: changed, reason: `Failed: ${changed}` };
    this.#before = this.resource;
    this.resource = changed;
    return { kind: 'succeeded' };
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

  requestUndo(
    remediationId: string | undefined,
    findings: readonly Finding[],
    fields: Partial<UndoRequest> = {},
  ): void {
    const target = this.records.get(remediationId ?? '')?.target ?? findings[0]?.target;
    if (!target) throw new Error('An undo needs a record or a finding with a target.');
    this.addRequest(target, {
      ...this.#requestOn(findings),
      action: 'undo',
      decidedBy: 'custom action "Undo closing"',
      ...(remediationId === undefined ? {} : { remediationId }),
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
      askedAt: new Date(this.now).toISOString(),
    };
  }

  addRequest(target: Target, request: RemediationRequest): void {
    const key = targetKey(target);
    this.requests.push({ target: key, request });
    const claim = this.claims.get(key) ?? { generation: 1, arrivals: 0 };
    claim.arrivals += 1;
    claim.isHeld = true;
    this.claims.set(key, claim);
  }
}

/** This world holds rules: what isolates has a world of its own. */
function onRules({ step, ...run }: RunbookRun<PlanStep | IsolationStep>): RunbookRun {
  if (!('rules' in step) || 'groupId' in step) throw new Error(`The world does not know ${step.call}.`);
  return { ...run, step };
}
