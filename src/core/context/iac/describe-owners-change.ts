import type { RemediationRecord, ResourceRule } from '../../ledger/remediation-record';
import { changesOfPlan } from '../../planning/step-changes';
import { violatingRule } from '../../planning/violating-rule';
import type { ManagedBy } from '../context';
import { toCdk, toCloudFormation, toTerraform, type CodeOf } from './code-of-rule';

const SHOWN = 10;

/**
 * What the owner of the source must change so that the next deployment does not open it again, in lines for people,
 * with the target's own values. It is text: nothing is written anywhere. Empty where nothing that manages it was seen.
 */
export function describeOwnersChange({ context, plan, before }: RemediationRecord): readonly string[] {
  if (context?.managedBy.known !== true || plan === undefined || before === undefined) return [];
  const managedBy = context.managedBy.value;
  const removed = plan.violations.flatMap((violation) => violatingRule(violation, before) ?? []);
  if (removed.length === 0) return [];
  const kept = changesOfPlan(plan.steps, before).flatMap(({ effect, rule }) => (effect === 'removes' ? [] : rule));
  const source = SOURCES[managedBy.by];
  if (source === undefined) return [];
  const { where, code } = source(managedBy);
  return [
    where,
    ...(code === undefined ? [] : ['Remove:', ...listCode(removed, code, before.id)]),
    ...(code === undefined || kept.length === 0
      ? []
      : ['Instead, where it is to stay open:', ...listCode(kept, code, before.id)]),
  ];
}

function listCode(rules: readonly ResourceRule[], code: CodeOf, targetId: string): readonly string[] {
  const lines = rules.slice(0, SHOWN).flatMap((rule) => code(rule, targetId).map((line) => `  ${line}`));
  return rules.length > SHOWN ? [...lines, `  … and ${String(rules.length - SHOWN)} more`] : lines;
}

interface Source {
  /** A sentence. */
  readonly where: string;
  readonly code?: CodeOf;
}

const SOURCES: Readonly<Partial<Record<ManagedBy['by'], (managedBy: ManagedBy) => Source>>> = {
  cloudformation: (managedBy) => ({
    where: `Its source is ${stackOf(managedBy)}: the next deployment that touches it opens it again.`,
    code: toCloudFormation,
  }),
  cdk: (managedBy) => ({
    where: `Its source is the CDK app of ${stackOf(managedBy)}: the next deployment that touches it opens it again.`,
    code: toCdk,
  }),
  terraform: () => ({
    where: 'Its source is a configuration of Terraform: the next apply opens it again.',
    code: toTerraform,
  }),
  'firewall-manager': ({ name = '' }) => ({
    where: `Firewall Manager makes it (${JSON.stringify(name)}): change the group that its policy copies, in the administrator's account.`,
  }),
};

/** Names are text of others: in quotes. */
function stackOf({ name, logicalId }: ManagedBy): string {
  const stack = name === undefined ? 'a CloudFormation stack' : `the CloudFormation stack ${JSON.stringify(name)}`;
  return logicalId === undefined ? stack : `${stack}, resource ${JSON.stringify(logicalId)}`;
}
