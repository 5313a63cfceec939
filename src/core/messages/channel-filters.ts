import { listOf, memberOf, textOf } from '../read-member';
import type { Notice } from './notice';
import { isForOneChannel } from './notice-kinds';

/**
 * What a channel is notified of: all must be met, each by one of its values. A filter that is missing keeps nothing
 * back.
 */
export interface ChannelFilters {
  readonly events?: readonly string[];
  readonly severities?: readonly string[];
  readonly controls?: readonly string[];
  /** Account ids of 12 digits. */
  readonly accounts?: readonly string[];
  /** Ids of units, at any level above the account. */
  readonly organizationalUnits?: readonly string[];
  /** What the policy decided: `auto`, `ask`, `notify`. */
  readonly modes?: readonly string[];
}

/** Every filter there is, by what an event says of it; undefined where it says nothing. */
const SAID: Readonly<Record<keyof ChannelFilters, (notice: Notice) => readonly string[] | undefined>> = {
  events: ({ kind }) => [kind],
  severities: ({ severity }) => (severity === undefined ? undefined : [severity]),
  controls: ({ controls }) => (controls.length === 0 ? undefined : controls),
  accounts: ({ target }) => (target === undefined ? undefined : [target.account]),
  organizationalUnits: ({ context }) => unitsOf(context?.['account']),
  modes: ({ remediation }) => (remediation?.decision === undefined ? undefined : [remediation.decision.mode]),
};

export const FILTER_NAMES = Object.keys(SAID) as readonly (keyof ChannelFilters)[];

/**
 * What an event does not say keeps it from nobody: who is not notified of an opening because nobody knew is notified
 * too little.
 */
export function passesFilters(notice: Notice, filters: ChannelFilters): boolean {
  if (isForOneChannel(notice.kind)) return true;
  return FILTER_NAMES.every((name) => {
    const [listed, said] = [filters[name], SAID[name](notice)];
    return listed === undefined || said === undefined || said.some((each) => listed.includes(each));
  });
}

/** Of an account of which Organizations said where it is. */
function unitsOf(account: unknown): readonly string[] | undefined {
  const units = listOf(memberOf(memberOf(account, 'value'), 'organizationalUnits')).flatMap(
    (each) => textOf(each) ?? [],
  );
  return units.length === 0 ? undefined : units;
}
