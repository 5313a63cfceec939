import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

/** Security Hub is enabled, aggregates into this Region, and this account administers the others. */
export async function checkSecurityHub({ deployment, region, account }: DoctorPorts): Promise<readonly Check[]> {
  const [hub, aggregator, members] = await Promise.all([
    deployment.fetchSecurityHub(),
    deployment.fetchAggregator(),
    deployment.fetchMembers(),
  ]);
  const checks: Check[] = [];
  if (!hub.ok) checks.push(unknown('Security Hub', hub.error));
  else {
    checks.push(ok('Security Hub', `enabled in ${region}`));
    const { controlFindingGenerator: generator = 'not said' } = hub.value;
    checks.push(
      generator === 'SECURITY_CONTROL'
        ? ok('consolidated control findings', 'on: one finding a control, for all standards')
        : failed(
            'consolidated control findings',
            `${generator}: every standard makes a finding of its own`,
            `aws securityhub update-security-hub-configuration --control-finding-generator SECURITY_CONTROL --region ${region}`,
          ),
    );
  }
  checks.push(
    aggregator.ok
      ? checkAggregator(aggregator.value?.aggregationRegion, region)
      : unknown(AGGREGATION, aggregator.error),
  );
  checks.push(members.ok ? checkMembership(members.value, { account, region }) : unknown(ADMINISTRATOR, members.error));
  return checks;
}

const AGGREGATION = 'aggregation Region';
const ADMINISTRATOR = 'delegated administrator';

function checkAggregator(aggregationRegion: string | undefined, region: string): Check {
  if (aggregationRegion === region) return ok(AGGREGATION, region);
  if (aggregationRegion === undefined) {
    return failed(
      AGGREGATION,
      'findings of other Regions do not come here',
      `aws securityhub create-finding-aggregator --region-linking-mode ALL_REGIONS --region ${region}`,
    );
  }
  const fix = `portcullis doctor --region ${aggregationRegion}; where nothing is there, deploy the hub with hub.aggregationRegion: ${aggregationRegion}`;
  return failed(AGGREGATION, `${aggregationRegion}, not ${region}`, fix);
}

function checkMembership(
  members: readonly string[],
  { account, region }: { readonly account: string; readonly region: string },
): Check {
  if (members.length > 0) return ok(ADMINISTRATOR, `of ${String(members.length)} member accounts`);
  return failed(
    ADMINISTRATOR,
    'this account administers no other',
    `with credentials of the management account: aws securityhub enable-organization-admin-account ` +
      `--admin-account-id ${account} --region ${region}`,
  );
}
