import type { AutomationRule } from './schema/automation-rule-schema';
import type { RuleTemplates } from './schema/rule-templates-schema';

/** A rule, and where in `portcullis.yaml` it comes from. */
export interface PlacedRule {
  readonly path: readonly (string | number)[];
  readonly rule: AutomationRule;
}

type Severity = RuleTemplates['raiseSeverity'][number]['severity'];

const LOWER: Readonly<Record<Severity, readonly string[]>> = {
  LOW: ['INFORMATIONAL'],
  MEDIUM: ['INFORMATIONAL', 'LOW'],
  HIGH: ['INFORMATIONAL', 'LOW', 'MEDIUM'],
  CRITICAL: ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH'],
};

/** Before and after every date: a range needs both ends. */
const [FIRST, LAST] = ['1970-01-01T00:00:00Z', '2999-12-31T00:00:00Z'];

/** All automation rules of a configuration: those that are written out, and those of the templates. */
export function toAutomationRules(configuration: {
  readonly automationRules: readonly AutomationRule[];
  readonly ruleTemplates: RuleTemplates;
}): readonly PlacedRule[] {
  const { automationRules, ruleTemplates } = configuration;
  const { raiseSeverity, suppressUntil, notes } = ruleTemplates;
  const placed = <Entry>(
    name: string,
    entries: readonly Entry[],
    toRules: (entry: Entry) => readonly AutomationRule[],
  ) => entries.flatMap((entry, at) => toRules(entry).map((rule) => ({ path: ['ruleTemplates', name, at], rule })));
  return [
    ...automationRules.map((rule, at) => ({ path: ['automationRules', at], rule })),
    ...placed('raiseSeverity', raiseSeverity, toRaise),
    ...placed('suppressUntil', suppressUntil, toSuppress),
    ...placed('notes', notes, toNote),
  ];
}

function toRaise(entry: RuleTemplates['raiseSeverity'][number]): readonly AutomationRule[] {
  const { severity } = entry;
  return [
    {
      ...head(entry, `Raises the severity of what fails to ${severity}, where it is lower.`),
      criteria: { ...about(entry), ...FAILING, SeverityLabel: [...LOWER[severity]] },
      action: { severity },
    },
  ];
}

const FAILING = { ComplianceStatus: ['FAILED'], RecordState: ['ACTIVE'] };

/**
 * Two rules, for one that ends would leave suppressed what it suppressed. Both go by when Security Hub last updated the
 * finding, since a rule knows no time of its own; what the first did the second knows by its note.
 */
function toSuppress(entry: RuleTemplates['suppressUntil'][number]): readonly AutomationRule[] {
  const { reason, until: end } = entry;
  const until = end.includes('T') ? end : `${end}T00:00:00Z`;
  const note = `Accepted until ${until.slice(0, 16)}Z: ${reason}`;
  // Rules of V2 can ask neither for a status nor for a comment: there it would have no end.
  const securityHub = 'cspm' as const;
  return [
    {
      securityHub,
      ...head(entry, `Accepted until ${until}: ${reason}`.slice(0, 256)),
      criteria: {
        ...about(entry),
        ComplianceStatus: ['FAILED', 'WARNING'],
        WorkflowStatus: ['NEW', 'NOTIFIED'],
        UpdatedAt: [{ start: FIRST, end: until }],
      },
      action: { workflow: 'SUPPRESSED', note },
    },
    {
      securityHub,
      ...head(
        { ...entry, name: `${entry.name} (end)` },
        `From ${until} on: NEW again, what "${entry.name}" suppressed.`.slice(0, 256),
      ),
      criteria: {
        ...about(entry),
        WorkflowStatus: ['SUPPRESSED'],
        NoteText: [note],
        UpdatedAt: [{ start: until, end: LAST }],
      },
      action: { workflow: 'NEW', note: `Accepted until ${until.slice(0, 16)}Z, which is over: ${reason}` },
    },
  ];
}

function toNote(entry: RuleTemplates['notes'][number]): readonly AutomationRule[] {
  const { note } = entry;
  return [
    {
      ...head(entry, `Notes on what fails: ${note}`.slice(0, 256)),
      criteria: { ...about(entry), ...FAILING },
      action: { note },
    },
  ];
}

function head({ name, order }: { readonly name: string; readonly order: number }, description: string) {
  return { name, order, description, terminal: false, enabled: true };
}

interface About {
  readonly controls: readonly string[];
  readonly accounts?: readonly string[];
  readonly tags?: readonly AutomationTag[];
  readonly resources?: readonly string[];
}

type AutomationTag = NonNullable<AutomationRule['criteria']['ResourceTags']>[number];

function about({ controls, accounts, tags, resources }: About): AutomationRule['criteria'] {
  return {
    ComplianceSecurityControlId: [...controls],
    ...(accounts === undefined ? {} : { AwsAccountId: [...accounts] }),
    ...(tags === undefined ? {} : { ResourceTags: [...tags] }),
    ...(resources === undefined ? {} : { ResourceId: [...resources] }),
  };
}
