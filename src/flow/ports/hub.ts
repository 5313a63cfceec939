import type { Finding, FindingKey } from '../../core/findings/finding';
import type { Target } from '../../core/target';
import type { FindingUpdate } from '../../core/updates/finding-update';
import type { PortResult } from './port-failure';

export { NOTE_AUTHOR } from '../../core/note-author';

/**
 * Ids that one call to Security Hub may ask for.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
 */
export const FINDINGS_PER_READ = 20;

/** Targets whose findings one call may ask for: values of one filter, as ids are. */
export const TARGETS_PER_READ = 20;

/** Security Hub in its aggregation Region. */
export interface Hub {
  /** Any number of keys. Findings in any order; what Security Hub does not know is missing. */
  fetchFindings(keys: readonly FindingKey[]): PortResult<readonly Finding[]>;
  /** Active findings on the target that nobody has resolved or suppressed. */
  fetchFindingsOnTarget(target: Target): PortResult<readonly Finding[]>;
  /**
   * The same on several targets, at most {@link TARGETS_PER_READ}, in as few calls as Security Hub allows; undefined
   * where they have more findings than those can answer. Missing where nobody reads for others.
   */
  readonly fetchFindingsOnTargets?: (targets: readonly Target[]) => PortResult<readonly Finding[] | undefined>;
  /** Active findings on the target that are RESOLVED, whoever resolved them: another deployment, a person, a rule. */
  fetchResolvedOnTarget(target: Target): PortResult<readonly Finding[]>;
  /** The same, and those that are SUPPRESSED. */
  fetchResolvedOrSuppressed(target: Target): PortResult<readonly Finding[]>;
  /** Any number of findings. Answers those that Security Hub left unprocessed, with its reason. */
  updateFindings(keys: readonly FindingKey[], update: HubUpdate): PortResult<readonly UnprocessedFinding[]>;
}

/** Security Hub for people, who name a finding by its id alone. */
export interface FindingsByIds {
  /** Findings of any product under these ids. */
  fetchFindingsByIds(ids: readonly string[]): PortResult<readonly Finding[]>;
}

export interface HubUpdate extends Pick<FindingUpdate, 'workflow' | 'note'> {
  /** All that the findings have afterwards: Security Hub replaces the whole map. Undefined leaves it as it is. */
  readonly userDefinedFields: Readonly<Record<string, string>> | undefined;
}

export interface UnprocessedFinding extends FindingKey {
  readonly reason: string;
  readonly retryable: boolean;
}
