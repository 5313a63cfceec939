import { nameEntry, type PolicyEntry } from '../../policy/policy-entry';

/** What a configuration may mean, but most likely does not: reported when it is deployed or tried, and no mistake. */
export function doubtsAboutPolicy({
  decisions,
  flowLogs,
}: {
  readonly decisions: readonly PolicyEntry[];
  readonly flowLogs?: object | undefined;
}): readonly string[] {
  if (flowLogs !== undefined) return [];
  return decisions.flatMap((entry, index) => {
    if (entry.when?.used === undefined) return [];
    const what =
      entry.when.any === true ? 'goes by its other conditions alone, or asks' : 'asks about all that it meets';
    return [
      `${nameEntry(entry, index)} names used, which nobody can tell without flowLogs, and so ${what}; name log groups in flowLogs`,
    ];
  });
}
