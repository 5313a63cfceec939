import { readFileSync, writeFileSync } from 'node:fs';
import { isRecord } from '../conformance/normalize';

/** Where events come from in ministack, which takes none from `aws.…`, as AWS does not either. */
export const EVENT_SOURCE = 'peers.securityhub';

const ALARM_ON_MATH = 'AWS::CloudWatch::Alarm over several metrics';

/** Resources of the hub stack that ministack cannot make; they are checked in the sandbox, which makes them. */
export const NOT_IN_MINISTACK = [ALARM_ON_MATH, 'AWS::SecurityHub::ActionTarget'];

/**
 * Changes a synthesized template as little as ministack needs: custom actions become their ARNs, and the rules listen
 * to another source; alarms over several metrics, which ministack does not know, go. Everything else is deployed as it
 * is.
 * @returns what was taken out, a name each
 */
export function makeDeployable(templateFile: string): readonly string[] {
  const template: unknown = JSON.parse(
    readFileSync(templateFile, 'utf8').replaceAll('"aws.securityhub"', `"${EVENT_SOURCE}"`),
  );
  if (!isRecord(template) || !isRecord(template['Resources'])) throw new Error(`${templateFile} has no Resources`);
  const resources = Object.entries(template['Resources']);
  const removed = resources.filter(([, resource]) => NOT_IN_MINISTACK.includes(kindOf(resource)));
  const arns = new Map(removed.map(([logicalId, resource]) => [logicalId, actionArn(resource)]));
  const kept = Object.fromEntries(resources.filter(([logicalId]) => !arns.has(logicalId)));
  writeFileSync(templateFile, JSON.stringify(replaceReferences({ ...template, Resources: kept }, arns)));
  return removed.map(([, resource]) => kindOf(resource));
}

function typeOf(resource: unknown): string {
  return isRecord(resource) ? String(resource['Type']) : '';
}

/** The resource's type, and what of it ministack does not know. */
function kindOf(resource: unknown): string {
  const properties = isRecord(resource) ? resource['Properties'] : undefined;
  const isOnMath = typeOf(resource) === 'AWS::CloudWatch::Alarm' && isRecord(properties) && 'Metrics' in properties;
  return isOnMath ? ALARM_ON_MATH : typeOf(resource);
}

function actionArn(resource: unknown): string {
  const properties = isRecord(resource) && isRecord(resource['Properties']) ? resource['Properties'] : {};
  return `arn:aws:securityhub:eu-central-1:111111111111:action/custom/${String(properties['Id'])}`;
}

function replaceReferences(value: unknown, arns: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, arns));
  if (!isRecord(value)) return value;
  const [referenced] = [value['Ref'] ?? value['Fn::GetAtt']].flat();
  const arn = arns.get(String(referenced));
  if (arn !== undefined) return arn;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceReferences(item, arns)]));
}
