import { targetArn, type Target } from '../../src/core/target';

/** A finding as Security Hub holds it: anything may be anything. */
interface Held {
  readonly [field: string]: unknown;
}

interface Asked {
  readonly action: string;
  readonly trigger: string;
}

const NAMES_A_CONTROL = /EC2\.(2|13|14|18|19|21|53|54)(?!\d)|PCI\.EC2\.[25]|\/[45]\.[1-5](?!\d)|"[45]\.[1-5]"/;
const NAMES_EC2_13 = /EC2\.13(?!\d)|PCI\.EC2\.5|\/4\.1(?!\d)|"4\.1"/;

/**
 * Why work on the target may not rest on this finding; undefined when it may. Reads the raw finding, and shares no
 * code with what routes it: the least that must be true, whatever else is.
 */
export function whyNotClosed(held: Held, target: Target, { action, trigger }: Asked): string | undefined {
  if (held['AwsAccountId'] !== target.account) return 'the finding is of another account';
  if (!texts(held['Resources']).includes(targetArn(target))) return 'the finding does not name the target';
  const names = JSON.stringify([
    field(held['Compliance'], 'SecurityControlId'),
    held['GeneratorId'],
    held['ProductFields'],
  ]);
  if (!NAMES_A_CONTROL.test(names)) return 'the finding names no control of ours';
  // Which closing is meant is the ledger's to say: a finding's fields may be gone, and a closing may be under way.
  // What can be accepted, or ended, the target and the ledger tell.
  if (action === 'undo' || action === 'accept' || action === 'end-exception') return undefined;
  if (held['RecordState'] === 'ARCHIVED') return 'the finding is archived';
  const compliance = field(held['Compliance'], 'Status');
  const workflow = field(held['Workflow'], 'Status');
  if (workflow === 'SUPPRESSED') return 'the finding is suppressed';
  if (compliance === 'PASSED') return 'the control passes';
  if (trigger !== 'automatic') return undefined;
  if (compliance !== 'FAILED') return 'automatic, and not FAILED';
  if (workflow !== undefined && workflow !== 'NEW') return 'automatic, and not NEW';
  return NAMES_EC2_13.test(names) ? undefined : 'automatic, for a control that is off';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Held)[name] : undefined;
}

/** The `Id` of each element. */
function texts(resources: unknown): readonly unknown[] {
  return Array.isArray(resources) ? resources.map((resource) => field(resource, 'Id')) : [];
}
