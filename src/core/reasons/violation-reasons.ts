import type { ControlId } from '../controls/control-id';
import type { PortProtocol } from '../network/protocol';
import { renderReason, type ReasonDocs, type ReasonTexts } from './reason';

/** Why a rule or an entry violates. */
export type ViolationReason =
  | (OpenSource & {
      readonly code: 'open-ports';
      readonly controls: readonly ControlId[];
      /** Of what the controls forbid, ports such as `22` and ranges such as `20-23`. */
      readonly ports: Readonly<Partial<Record<PortProtocol, readonly string[]>>>;
    })
  | (OpenSource & { readonly code: 'open-every-protocol'; readonly controls: readonly ControlId[] })
  | (OpenSource & { readonly code: 'open-together'; readonly controls: readonly ControlId[] })
  | { readonly code: 'any-rule-forbidden'; readonly controls: readonly ControlId[] }
  | {
      readonly code: 'open-entry';
      readonly ruleNumber: number;
      readonly protocols: readonly PortProtocol[];
      readonly ports: string;
      readonly source: string;
      readonly control: ControlId;
    };

/** What a rule lets through, and from where. */
interface OpenSource {
  /** `tcp 20-25`. */
  readonly traffic: string;
  /** A CIDR, or the id of a prefix list. */
  readonly source: string;
  /** Of a prefix list, what makes the rule a violation: the first few entries, and how many there are. */
  readonly entries?: readonly string[];
  readonly entryCount?: number;
}

export const VIOLATION_TEXTS: ReasonTexts<ViolationReason> = {
  'open-ports': ({ controls, ports, ...open }) => {
    const reached = (['tcp', 'udp'] as const).flatMap((protocol) => {
      const ranges = ports[protocol] ?? [];
      return ranges.length === 0 ? [] : [`${protocol} ${renderSome(ranges)}`];
    });
    return `${from(open)} lets the internet reach ${reached.join(' and ')}, which ${forbid(controls)}.`;
  },
  'open-every-protocol': ({ controls, ...open }) =>
    `${from(open)} lets the internet reach every port over every protocol, which ${forbid(controls)}.`,
  'open-together': ({ controls, ...open }) =>
    `${from(open)} takes part in opening to the whole internet what ${forbid(controls)}.`,
  'any-rule-forbidden': ({ controls }) => `${listed(controls)} forbids any rule in a default security group.`,
  'open-entry': ({ ruleNumber, protocols, ports, source, control }) =>
    `Entry ${String(ruleNumber)} allows ${protocols.join(' and ')} ${ports} from ${source}, which ${control} forbids.`,
};

function from({ traffic, source, entries, entryCount = entries?.length ?? 0 }: OpenSource): string {
  if (entries === undefined) return `${traffic} from ${source}`;
  const more = entryCount > entries.length ? ` and ${String(entryCount - entries.length)} more` : '';
  return `${traffic} from ${source} (holding ${entries.join(', ')}${more})`;
}

function forbid(controls: readonly ControlId[]): string {
  return `${listed(controls)} ${controls.length === 1 ? 'forbids' : 'forbid'}`;
}

const RANGES_SHOWN = 5;

function renderSome(ranges: readonly string[]): string {
  const shown = ranges.slice(0, RANGES_SHOWN).join(', ');
  return ranges.length > RANGES_SHOWN ? `${shown} and more` : shown;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The text of why a rule or an entry violates. */
export function renderViolationReason(reason: ViolationReason): string {
  return renderReason(reason, VIOLATION_TEXTS);
}

const CLOSE = 'Choose Close ingress, or take the rule away by hand.';

export const VIOLATION_DOCS: ReasonDocs<ViolationReason> = {
  'open-ports': {
    example: { traffic: '{traffic}', source: '{source}', controls: ['EC2.13'], ports: { tcp: ['22'] } },
    remedy: CLOSE,
  },
  'open-every-protocol': {
    example: { traffic: '{traffic}', source: '{source}', controls: ['EC2.18'] },
    remedy: CLOSE,
  },
  'open-together': {
    example: { traffic: '{traffic}', source: '{source}', controls: ['EC2.13', 'EC2.19'] },
    remedy: CLOSE,
  },
  'any-rule-forbidden': { example: { controls: ['EC2.2'] }, remedy: CLOSE },
  'open-entry': {
    example: {
      ruleNumber: 100,
      protocols: ['tcp'],
      ports: '{ports}',
      source: '{source}',
      control: 'EC2.21',
    },
    remedy: 'Choose Close ingress, or rewrite the entry by hand.',
  },
};
