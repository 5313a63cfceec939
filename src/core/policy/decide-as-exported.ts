import type { Configuration } from '../configuration/configuration-schema';
import { parseFinding } from '../findings/parse-finding';
import type { Tag } from '../network/security-group-rule';
import { listOf, memberOf, textOf } from '../read-member';
import { decideByPolicy, type PolicyDecision } from './decide-by-policy';
import { reasonToSkip } from './reason-to-skip';

/** What a policy would do with one finding of an export. */
export interface ExportedDecision extends PolicyDecision {
  readonly findingId: string;
  readonly control: string;
  readonly account: string;
}

/** What nobody can decide about: a finding of another control, or something that is no finding. */
type Undecided = 'other-control' | 'not-understood';

/**
 * Decides about a finding by what the export says of it alone. Where it carries no tags of its resource, they are not
 * known; guards look at the target itself and are told only where the tags are there.
 */
export function decideAsExported(
  raw: unknown,
  { automatic, decisions, guards }: Pick<Configuration, 'automatic' | 'decisions' | 'guards'>,
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
  const tags = tagsIn(raw, finding.target.id);
  const { protectionTag } = guards;
  if (protectionTag !== undefined && tags?.some(({ Key }) => Key === protectionTag) === true) {
    const reason = `The target has the tag ${protectionTag}.`;
    return { ...about, mode: 'ask', entry: 'guard protectionTag', reason };
  }
  const decision =
    decisions.length > 0
      ? decideByPolicy({ control: control.id, account, region, severity, tags, context: undefined }, decisions)
      : decideByAutomatic(control.id, automatic);
  if (decision.mode === 'auto' && protectionTag !== undefined && tags === undefined) {
    const reason = `${decision.reason} Whether the target has the tag ${protectionTag} is not known, so that a person decides.`;
    return { ...about, mode: 'ask', entry: 'guard protectionTag', reason };
  }
  return { ...about, ...decision };
}

function decideByAutomatic(control: string, automatic: readonly string[]): PolicyDecision {
  return automatic.includes(control)
    ? { mode: 'auto', entry: 'automatic', reason: `${control} is automatic.` }
    : { mode: 'ignore', entry: 'automatic', reason: `${control} is not automatic: it waits for Close ingress.` };
}

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
