import type { Configuration } from '../configuration/schema/configuration-schema';
import { controlsOfInterest } from '../configuration/controls-of-interest';
import { toDecisions } from '../configuration/to-decisions';
import { describeException } from '../exceptions/describe-exception';
import type { ExceptionsByTarget } from '../exceptions/exceptions-by-target';
import type { ConfiguredException } from '../exceptions/configured-exception';
import type { RecordedException } from '../exceptions/risk-exception';
import { findingTagsOf, parseEitherFinding } from '../findings/parse-either-finding';
import { because } from '../reasons/because';
import { renderDecisionReason } from '../reasons/decision-reasons';
import { renderSkipReason, type SkipReason } from '../reasons/skip-reasons';
import type { ContextsByTarget } from './contexts-by-target';
import { decideFinding, type FindingDecision } from './decide-finding';
import { guardsOn } from './guards-on';
import { matchConditions, type Match, type PolicyFacts } from './match-conditions';
import { nameEntry, type PolicyGuards } from './policy-entry';
import { reasonToSkip } from './reason-to-skip';

/** What a policy would do with one finding of an export. */
export interface ExportedDecision extends FindingDecision {
  readonly entry: string;
  readonly findingId: string;
  readonly control: string;
  readonly account: string;
  /** In force on its target, for its control; missing where there are none. */
  readonly exceptions?: readonly RecordedException[];
}

/** What nobody can decide about: a finding of another control, or something that is no finding. */
type Undecided = 'other-control' | 'not-understood';

type Deciding = Pick<Configuration, 'automatic' | 'decisions' | 'guards'> & {
  readonly securityHub?: Configuration['securityHub'];
  readonly exceptions?: readonly ConfiguredException[] | undefined;
};

/** What is known beside the export; what is left out, nobody knows. */
export interface KnownBeside {
  readonly contexts?: Pick<ContextsByTarget, 'contextOf'> | undefined;
  readonly exceptions?: Pick<ExceptionsByTarget, 'on'> | undefined;
}

/**
 * Decides about a finding by what the export says of it, and by what is known about its target where that is given.
 * Where none of them says which tags it has, what may have the protection tag is not closed by itself. Without a
 * context, the other guards are left out.
 */
export function decideAsExported(
  raw: unknown,
  configuration: Deciding,
  known: KnownBeside = {},
): ExportedDecision | Undecided {
  const exported = readExported(raw, configuration, known);
  return typeof exported === 'string' ? exported : decideOn(exported, configuration);
}

/** What stands before what decided, and whether it could have. */
export interface ExplainedDecision extends ExportedDecision {
  /** In their order, as far as they were read. */
  readonly entries: readonly { readonly entry: string; readonly match: Match; readonly missing?: readonly string[] }[];
  readonly guards: readonly {
    readonly guard: string;
    readonly holds: 'yes' | 'unknown';
    readonly reason: string;
    readonly code: string;
  }[];
}

/** The same decision, with every entry and guard that was read for it. */
export function explainAsExported(
  raw: unknown,
  configuration: Deciding,
  known: KnownBeside = {},
): ExplainedDecision | Undecided {
  const exported = readExported(raw, configuration, known);
  if (typeof exported === 'string') return exported;
  const decision = decideOn(exported, configuration);
  const { guards } = configuration;
  const decisions = toDecisions(configuration);
  const { facts, skip } = exported;
  if (skip !== undefined) return { ...decision, entries: [], guards: [] };
  const matched = decisions.map((entry, index) => {
    const { match, missing } = matchConditions(entry.when ?? {}, facts, entry.do);
    return { entry: nameEntry(entry, index), match, ...(missing.length === 0 ? {} : { missing }) };
  });
  const last = matched.findIndex(({ match }) => match !== 'no');
  return {
    ...decision,
    entries: last < 0 ? matched : matched.slice(0, last + 1),
    guards: guardsOn(facts, guardsFor(facts, guards)).map(({ name, reason, isPossible }) => ({
      guard: name,
      holds: isPossible === true ? 'unknown' : 'yes',
      reason: renderDecisionReason(reason),
      code: reason.code,
    })),
  };
}

interface Exported {
  readonly about: Pick<ExportedDecision, 'findingId' | 'control' | 'account'>;
  /** Why nothing is decided about it. */
  readonly skip: SkipReason | undefined;
  readonly facts: PolicyFacts;
  readonly exceptions: readonly RecordedException[];
}

function readExported(raw: unknown, configuration: Deciding, known: KnownBeside): Exported | Undecided {
  const parsed = parseEitherFinding(raw);
  if (!parsed.ok) return 'not-understood';
  const finding = parsed.value;
  if (!finding.control) return 'other-control';
  if (!finding.target) return 'not-understood';
  const { id: findingId, account, region, severity, control } = finding;
  const { contexts, exceptions } = known;
  const context = contexts?.contextOf(finding.target);
  const tags = context?.owner.known === true ? context.owner.value.tags : findingTagsOf(raw, finding.target.id);
  return {
    about: { findingId, control: control.id, account },
    skip: reasonToSkip(finding, 'automatic'),
    facts: { control: control.id, account, region, severity, tags, context },
    exceptions: exceptions?.on(finding.target, control.id, tags, configuration.exceptions ?? []) ?? [],
  };
}

/** Exceptions come before guards and entries, for what they cover: whether that is all that is open, no export says. */
function decideOn(exported: Exported, configuration: Deciding): ExportedDecision {
  const { exceptions } = exported;
  const decision = decideBeyond(exported, configuration);
  const [first] = exceptions;
  if (first === undefined) return decision;
  if (exported.skip !== undefined) return { ...decision, exceptions };
  const { index: _, missing: __, ...about } = decision;
  const entry = `exception ${exceptions.map(({ exceptionId }) => exceptionId).join(', ')}`;
  const covered = exceptions.map((each) => `${describeException(each)}.`).join(' ');
  const beyond = `What is open beyond that is decided by ${decision.entry}: ${decision.mode}.`;
  return { ...about, mode: 'ignore', entry, reason: `${covered} ${beyond}`, exceptions };
}

function decideBeyond({ about, skip, facts }: Exported, configuration: Deciding): ExportedDecision {
  if (skip !== undefined) {
    const reason = `Nothing to do: ${renderSkipReason(skip)}.`;
    return { ...about, mode: 'ignore', entry: 'finding', reason, reasons: [skip] };
  }
  if (!controlsOfInterest(configuration).some((control) => control === about.control)) {
    const why = because({ code: 'control-not-automatic', control: about.control });
    return { ...about, mode: 'ignore', entry: 'automatic', ...why };
  }
  const deciding = { decisions: toDecisions(configuration), guards: guardsFor(facts, configuration.guards) };
  const { entry = 'automatic', ...decision } = decideFinding(facts, deciding);
  const why = decision.reasons.length === 0 ? because({ code: 'control-automatic', control: about.control }) : {};
  return { ...about, ...decision, entry, ...why };
}

function guardsFor({ context }: PolicyFacts, guards: PolicyGuards): PolicyGuards {
  return context === undefined ? { ...guards, ...UNSEEN } : guards;
}

/** Guards that go by what is known about a target, where nobody has looked: they would hold everything. */
const UNSEEN = { lastWayIn: false, firewallManager: false };
