import type { DeploymentNames } from '../../core/configuration/deployment-names';
import { toDetectionNames } from '../../core/configuration/detection-names';
import type { MemberState } from '../ports';
import { failed, ok, unknown, type Check } from './check';
import { checkMemberQuotas } from './check-quotas';

/** A runbook as this version deploys it, without the deployment's prefix. */
export interface ExpectedDocument {
  readonly name: string;
  readonly content: unknown;
}

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

/** So many are read at a time: SSM takes a few calls a second. */
const AT_ONCE = 3;

async function checkDocuments({ member, prefix, names, region, documents }: InsidePorts): Promise<Check> {
  const check = `documents ${region}`;
  const missing: string[] = [];
  const changed: string[] = [];
  for (let at = 0; at < documents.length; at += AT_ONCE) {
    const some = documents.slice(at, at + AT_ONCE);
    const read = await Promise.all(some.map(({ name }) => member.fetchDocument(`${prefix}-${name}`)));
    for (const [index, { name, content }] of some.entries()) {
      const found = read[index];
      if (found === undefined) continue;
      if (!found.ok) return unknown(check, found.error);
      if (found.value === undefined) missing.push(`${prefix}-${name}`);
      else if (inTexts(found.value) !== inTexts(content)) changed.push(`${prefix}-${name}`);
    }
  }
  const count = `${String(documents.length - missing.length - changed.length)} of ${String(documents.length)}`;
  if (missing.length + changed.length === 0) return ok(check, `${count} are those of this version`);
  const found = [
    `${count} are those of this version`,
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(changed.length > 0 ? [`of another version, or changed by hand: ${changed.join(', ')}`] : []),
  ];
  return failed(check, found.join('; '), `AWS_REGION=${region} npx cdk deploy ${names.stacks.member}`);
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
    return failed(check, `the rule ${forwarderRule} is disabled: changes are not told to the hub`, fix);
  }
  const trails = await member.fetchTrails();
  if (!trails.ok) return unknown(check, trails.error);
  const logging = trails.value.filter(({ isLogging }) => isLogging).map(({ name }) => name);
  if (logging.length > 0) return ok(check, `${logging.join(', ')} records; changes are told to the hub`);
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

/**
 * The same text for the same document: CloudFormation may turn numbers and yes or no into texts, and order keys anew.
 */
function inTexts(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inTexts).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${inTexts(one)}`).join(',')}}`;
}
