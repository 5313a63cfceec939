/**
 * Which Security Hub findings are taken from and updated: CSPM, whose findings are in ASFF, the newer V2 in OCSF, or
 * both, where a finding has a face in each.
 */
export const SECURITY_HUB_KINDS = ['cspm', 'v2', 'both'] as const;

export type SecurityHubKind = (typeof SECURITY_HUB_KINDS)[number];
