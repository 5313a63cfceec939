import type { DeploymentNames } from '../../core/configuration/names/deployment-names';
import { toDetectionNames } from '../../core/configuration/names/detection-names';
import type { MemberState } from '../ports';
import { failed, ok, unknown, type Check } from './check';
import { compareDocuments, describeDocuments, type ExpectedDocument } from './compare-documents';
import { checkMemberQuotas } from './check-quotas';

export interface InsidePorts {
  readonly member: MemberState;
  readonly prefix: string;
  readonly names: DeploymentNames;
  readonly region: string;
  readonly documents: readonly ExpectedDocument[];
}

/** What a member's Region holds, seen with credentials of that account: documents, trail, flow logs, quotas. */
export async function checkInside(ports: InsidePorts): Promise<readonly Check[]> {
  const quotas = await checkMemberQuotas(ports.member, ports.region);
  return [await checkDocuments(ports), await checkTrail(ports), await checkFlowLogs(ports), ...quotas];
}

async function checkDocuments({ member, prefix, names, region, documents }: InsidePorts): Promise<Check> {
  const check = `documents ${region}`;
  const compared = await compareDocuments(member, prefix, documents);
  if (!compared.ok) return unknown(check, compared.error);
  const found = describeDocuments(documents, compared.value);
  const { missing, changed } = compared.value;
  if (missing.length + changed.length === 0) return ok(check, found);
  return failed(check, found, `AWS_REGION=${region} npx cdk deploy ${names.stacks.member}`);
}

/**
 * Only detection needs a trail:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
async function checkTrail({ member, prefix, region }: InsidePorts): Promise<Check> {
  const check = `CloudTrail ${region}`;
  const { forwarderRule } = toDetectionNames(prefix);
  const rules = await member.fetchRules(forwarderRule);
  if (!rules.ok) return unknown(check, rules.error);
  const rule = rules.value.find(({ name }) => name === forwarderRule);
  if (rule === undefined)
    return ok(check, 'nothing is detected by it here; who opened something is in its event history');
  if (!rule.isEnabled) {
    const fix = `aws events enable-rule --name ${forwarderRule} --region ${region}`;
    return failed(check, `the rule ${forwarderRule} is disabled: changes are not forwarded to the hub`, fix);
  }
  const trails = await member.fetchTrails();
  if (!trails.ok) return unknown(check, trails.error);
  const logging = trails.value.filter(({ isLogging }) => isLogging).map(({ name }) => name);
  if (logging.length > 0) return ok(check, `${logging.join(', ')} records; changes are forwarded to the hub`);
  const [stopped] = trails.value;
  return stopped === undefined
    ? failed(
        check,
        'no trail records here: EventBridge hears of no change',
        'with credentials of the management account, and a bucket that takes it: aws cloudtrail create-trail --name ' +
          'management-events --s3-bucket-name BUCKET --is-multi-region-trail --is-organization-trail --region ' +
          `${region}; then aws cloudtrail start-logging --name management-events --region ${region} ` +
          '(https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html)',
      )
    : failed(
        check,
        `${stopped.name} does not record: EventBridge hears of no change`,
        `aws cloudtrail start-logging --name ${stopped.name} --region ${region}`,
      );
}

/** They are wanted, not needed: without them nobody can say whether what is open is used. */
async function checkFlowLogs({ member, region }: InsidePorts): Promise<Check> {
  const check = `flow logs ${region}`;
  const count = await member.countFlowLogs();
  if (!count.ok) return unknown(check, count.error);
  const { value } = count;
  return ok(check, value === 0 ? 'none: whether what is open is used stays unknown' : `${String(value)} active`);
}
