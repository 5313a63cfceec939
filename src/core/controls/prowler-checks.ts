import type { ControlId } from './control-id';

/**
 * Checks of Prowler that report nothing but what one control forbids, so that closing for the control resolves the
 * check. A check that may report more (ports that its user chooses, any port at all) stands here not: its finding would
 * be RESOLVED while it still fails. Only a person can have these closed: no automatic rule listens to them.
 * https://hub.prowler.com, docs/decisions/0038-findings-of-prowler.md
 */
const PROWLER_CHECKS: Readonly<Record<string, ControlId>> = {
  ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22: 'EC2.13',
  ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389: 'EC2.14',
  // Where it fails, Prowler passes the checks of single ports.
  ec2_securitygroup_allow_ingress_from_internet_to_all_ports: 'EC2.18',
  ec2_securitygroup_default_restrict_traffic: 'EC2.2',
  ec2_networkacl_allow_ingress_tcp_port_22: 'EC2.21',
  ec2_networkacl_allow_ingress_tcp_port_3389: 'EC2.21',
};

/** Findings that Prowler sends to Security Hub carry their check in `GeneratorId`, behind this. */
const GENERATOR_PREFIX = 'prowler-';

/** The `GeneratorId`s under which Prowler reports what a control forbids. */
export function prowlerGeneratorIdsOf(control: ControlId): readonly string[] {
  return Object.entries(PROWLER_CHECKS)
    .filter(([, id]) => id === control)
    .map(([check]) => `${GENERATOR_PREFIX}${check}`);
}

/** The control behind a `GeneratorId` of Prowler, undefined where none forbids all that the check reports. */
export function controlOfProwlerGeneratorId(generatorId: string): ControlId | undefined {
  const check = generatorId.startsWith(GENERATOR_PREFIX) ? generatorId.slice(GENERATOR_PREFIX.length) : '';
  return Object.entries(PROWLER_CHECKS).find(([name]) => name === check)?.[1];
}
