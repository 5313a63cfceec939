import { failed, ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

/** No group has such an id: that EC2 does not know it is what a working member answers. */
const PROBED_GROUP = 'sg-00000000000000000';

/** The deployment itself takes on the member role and reads there, in one account and Region. */
export async function checkMember(account: string, region: string, ports: DoctorPorts): Promise<Check> {
  const check = `member ${account} ${region}`;
  const { partition, names } = ports;
  const probed = await ports.probeMember({ kind: 'security-group', partition, account, region, id: PROBED_GROUP });
  if (!probed.ok) return unknown(check, probed.error);
  const { isRead, reason, otherVersion, isRegionDisabled } = probed.value;
  if (isRegionDisabled) {
    const enable = `aws account enable-region --region-name ${region}`;
    return failed(check, reason, `with credentials of ${account}: ${enable}; or take it out of members.regions`);
  }
  if (isRead && otherVersion === undefined) return ok(check, `${names.roles.member} is taken on and reads`);
  return failed(
    check,
    otherVersion ?? reason,
    `with credentials of ${account}: AWS_REGION=${region} npx cdk deploy ${names.stacks.member}`,
  );
}
