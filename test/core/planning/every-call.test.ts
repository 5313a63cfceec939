import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import { REQUEST_PARAMETERS } from '../../../sandbox/cloudtrail/request-parameters';
import { RATE_QUOTAS } from '../../../sandbox/runtime/service-quotas';
import { toRunbookStart } from '../../../src/aws/ssm/runbook-parameters';
import { CALLS, type CallName } from '../../../src/core/planning/calls';
import type { PlanStep } from '../../../src/core/planning/plan';
import { readRunbookDocuments } from '../../../stacks/runbook-documents';
import { ACL, entry, ingress, TARGET } from '../../flow/fixtures';

const PLANNING = join(__dirname, '..', '..', '..', 'src', 'core', 'planning');

const planners = readdirSync(PLANNING, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'calls.ts')
  .map((file) => readFileSync(join(PLANNING, file), 'utf8'));

/** What each document asks for; what begins with a default may be left out. */
const DOCUMENTS = new Map(
  readRunbookDocuments().map(({ name, content }) => [name, content['parameters'] as Readonly<Record<string, object>>]),
);

/** A rule of the direction, or an entry, that the call changes. */
function stepOf(call: CallName): PlanStep {
  const { kind, direction } = CALLS[call];
  const rules = kind === 'network-acl' ? [entry(100)] : [ingress('sgr-1', { IsEgress: direction === 'egress' })];
  // The kind is the call's own.
  return { call, rules } as PlanStep;
}

describe.each(Object.keys(CALLS) as readonly CallName[])('%s', (call) => {
  test('is started with what its document takes, and all that it needs', () => {
    const target = CALLS[call].kind === 'network-acl' ? ACL : TARGET;
    const run = {
      target,
      remediationId: 'rem-0123456789abcdef',
      action: 'undo',
      runId: '0',
      step: stepOf(call),
    } as const;
    const start = toRunbookStart(run, 'arn:aws:iam::222222222222:role/Portcullis-Runbook');
    if (!start.ok) throw new Error(start.error);
    const taken = DOCUMENTS.get(start.value.document) ?? {};
    const given = Object.keys(start.value.parameters);
    expect(given.filter((name) => !(name in taken))).toEqual([]);
    const needed = Object.keys(taken).filter((name) => !('default' in (taken[name] ?? {})));
    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
  });

  test('is made by a plan', () => {
    expect(planners.some((source) => source.includes(`'${call}'`))).toBe(true);
  });

  test("is known to the sandbox's EC2, CloudTrail and quotas", () => {
    expect(Object.keys(createEc2().operations)).toContain(call);
    expect(Object.keys(REQUEST_PARAMETERS)).toContain(call);
    expect(Object.keys(RATE_QUOTAS['ec2'] ?? {})).toContain(call);
  });
});
