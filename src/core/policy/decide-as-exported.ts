import type { Configuration } from '../configuration/configuration-schema';
import { parseFinding } from '../findings/parse-finding';
import type { Tag } from '../network/security-group-rule';
import { listOf, memberOf, textOf } from '../read-member';
import type { ContextsByTarget } from './contexts-by-target';
import { decideFinding, type FindingDecision } from './decide-finding';
import { reasonToSkip } from './reason-to-skip';

/** What a policy would do with one finding of an export. */
export interface ExportedDecision extends FindingDecision {
  readonly entry: string;
  readonly findingId: string;
  readonly control: string;
  readonly account: string;
}

/** What nobody can decide about: a finding of another control, or something that is no finding. */
type Undecided = 'other-control' | 'not-understood';

/**
 * Decides about a finding by what the export says of it, and by what is known about its target where that is given. Where
 * none of them says which tags it has, what may have the protection tag is not closed by itself. Without a context, the
 * other guards are left out.
 */
export function decideAsExported(
  raw: unknown,
  { automatic, decisions, guards }: Pick<Configuration, 'automatic' | 'decisions' | 'guards'>,
  contexts?: Pick<ContextsByTarget, 'contextOf'>,
): ExportedDecision | Undecided {
  const parsed = parseFinding(raw);
  if (!parsed.ok) return 'not-understood';
  const finding = parsed.value;
  if (!finding.control) return 'other-control';
  if (!finding.target) return 'not-understood';
  const { id: findingId, account, region, severity, control } = finding;
  const about = { findingId, control: control.id, account };
  const skip = reasonToSkip(finding, 'automatic');
  if (skip !== undefined) return { ...about, mode: 'ignore', entry: 'finding', reason: `Nothing to do: ${skip}.` };
  const context = contexts?.contextOf(finding.target);
  const tags = context?.owner.known === true ? context.owner.value.tags : tagsIn(raw, finding.target.id);
  if (decisions.length === 0 && !automatic.includes(control.id)) {
    const reason = `${control.id} is not automatic: it waits for Close ingress.`;
    return { ...about, mode: 'ignore', entry: 'automatic', reason };
  }
  const facts = { control: control.id, account, region, severity, tags, context };
  const seen = context === undefined ? { ...guards, ...UNSEEN } : guards;
  const { entry = 'automatic', ...decision } = decideFinding(facts, { decisions, guards: seen });
  const reason = decision.reason === '' ? `${control.id} is automatic.` : decision.reason;
  return { ...about, ...decision, entry, reason };
}

/** Guards that go by what is known about a target, where nobody has looked: they would hold everything. */
const UNSEEN = { lastWayIn: false, firewallManager: false };

/** ASFF keeps the tags of a resource as a map; undefined where the finding says nothing of them. */
function tagsIn(raw: unknown, targetId: string): readonly Tag[] | undefined {
  const resources = listOf(memberOf(raw, 'Resources'));
  const tags = memberOf(
    resources.find((each) => textOf(memberOf(each, 'Id'))?.endsWith(targetId) === true),
    'Tags',
  );
  if (typeof tags !== 'object' || tags === null) return undefined;
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) }));
}
