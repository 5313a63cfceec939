import { createHash } from 'node:crypto';
import type { Certificate } from '../../../src/core/certificate/certificate';
import { toCertificateContents } from '../../../src/core/certificate/making/to-certificate-contents';
import { sealCertificate } from '../../../src/core/certificate/seal-certificate';
import { readEvidence } from '../../../src/core/certificate/verification/evidence';
import type { Statement } from '../../../src/core/certificate/verification/statement';
import { verifyCertificates } from '../../../src/core/certificate/verification/verify-certificates';
import type { ControlInHand } from '../../../src/core/controls/control-id';
import type { RemediationRecord, RunbookRunRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule, Tag } from '../../../src/core/network/security-group-rule';
import { isNetworkAclStep } from '../../../src/core/planning/is-network-acl-step';
import type { Plan, PlanStep } from '../../../src/core/planning/plan';
import { planClosing } from '../../../src/core/planning/plan-closing';
import type { PlanPolicy } from '../../../src/core/planning/plan-policy';
import type { Resource } from '../../../src/core/resource';
import { toVerdict } from '../../../src/core/verification/to-verdict';
import { applyStep } from '../../oracle/ec2';
import { applyEntryStep } from '../../oracle/network-acl';

const REMEDIATION = 'rem-0123456789abcdef';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As it is after it was stored and read again. */
export function asStored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

export interface Closed {
  readonly record: RemediationRecord & { readonly action: 'close' };
  readonly plan: Plan;
  readonly after: Resource;
}

/** What the flow would have recorded of a closing whose plan ran through, on a model of EC2. */
export function closeOnModel(resource: Resource, controls: readonly ControlInHand[], policy: PlanPolicy): Closed {
  const plan = planClosing({ resource, controls, policy });
  const isClosed = (state: Resource): boolean =>
    toVerdict({ kind: 'found', resource: state }, controls).kind === 'closed';
  const runs = isClosed(resource) || plan.ask.length > 0 ? [] : plan.steps.map(toRun);
  const after = play(
    resource,
    runs.map(({ step }) => step),
    TAG,
  );
  const nothingToDo = isClosed(resource);
  const unknown = toVerdict({ kind: 'found', resource: after }, controls).kind === 'could-not-tell';
  const outcome = nothingToDo ? 'already-closed' : unknown ? 'could-not-tell' : runs.length === 0 ? 'asked' : 'closed';
  const isPlanned = !nothingToDo && !unknown;
  return {
    plan,
    after,
    record: {
      remediationId: REMEDIATION,
      target: {
        kind: resource.kind,
        partition: 'aws',
        account: '222222222222',
        region: 'eu-central-1',
        id: resource.id,
      },
      action: 'close',
      trigger: 'custom-action',
      decidedBy: 'custom action "Close ingress"',
      findings: controls.map(({ id, parameters }) => ({
        id: `finding ${id}`,
        productArn: 'product',
        control: id,
        parameters,
      })),
      startedAt: '2026-03-01T12:00:00.000Z',
      finishedAt: '2026-03-01T12:00:09.000Z',
      outcome,
      reason: 'Closed, and read back.',
      ...(isPlanned ? { before: resource, plan } : {}),
      runs,
    },
  };
}

export function toRun(step: PlanStep, index: number): RunbookRunRecord {
  return {
    runId: `${REMEDIATION}/0.${String(index)}`,
    executionId: `execution-${String(index)}`,
    step,
    startedAt: '2026-03-01T12:00:01.000Z',
    end: 'effect-seen',
  };
}

/** What runbooks put on the rules that a closing adds. */
const TAG = { Key: 'portcullis:remediation', Value: REMEDIATION };

/** The resource after steps, with ids for what is new. */
export function play(resource: Resource, steps: readonly PlanStep[], tag?: Tag): Resource {
  if (resource.kind === 'network-acl') {
    const entries = steps.reduce<readonly NetworkAclEntry[]>(
      (now, step) => (isNetworkAclStep(step) ? applyEntryStep(now, step) : now),
      resource.entries,
    );
    return { ...resource, entries };
  }
  const rules = steps.reduce<readonly SecurityGroupRule[]>(
    (now, step) => (isNetworkAclStep(step) ? now : applyStep(now, step, tag)),
    resource.rules,
  );
  return { ...resource, rules: rules.map((rule, i) => ({ SecurityGroupRuleId: `sgr-new-${String(i)}`, ...rule })) };
}

export function certify({ record, after }: Pick<Closed, 'record' | 'after'>): Certificate {
  return asStored(sealCertificate(toCertificateContents(record, after), { sequence: 1, previous: null }, sha256));
}

/** What the certificates say that does not hold, or cannot be told. */
export function findFaults(...certificates: readonly unknown[]): readonly Statement[] {
  const read = certificates.map((value, index) => {
    const evidence = readEvidence(value);
    if (!evidence.ok) throw new Error(evidence.error);
    return { document: { name: String(index), value }, evidence: evidence.value };
  });
  return verifyCertificates(read, sha256).flatMap(({ statements }) =>
    statements.filter(({ verdict }) => verdict === 'does-not-hold' || verdict === 'could-not-tell'),
  );
}

/** A forger changes parts and computes every hash again. */
export function forge(certificate: Certificate, parts: Partial<Certificate['parts']>): Certificate {
  const { remediationId, sequence, previous } = certificate;
  return sealCertificate({ remediationId, parts: { ...certificate.parts, ...parts } }, { sequence, previous }, sha256);
}
