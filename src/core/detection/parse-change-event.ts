import { accountIdSchema } from '../account-id';
import { renderInputProblem } from '../input-problem';
import { memberOf, textOf } from '../read-member';
import { failure, success, type Result } from '../result';
import { toInputProblem } from '../schema-words';
import * as z from '../zod-mini';
import { WATCHED_CALLS, type Actor, type Change } from './change';

const GROUP_ID = /^sg-[0-9a-f]{8,17}$/;
const ACL_ID = /^acl-[0-9a-f]{8,17}$/;
const RULE_ID = /^sgr-[0-9a-f]{8,17}$/;

/** Texts of an actor are written by whoever called: kept to what a finding's field takes. */
const ACTOR_CHARACTERS = 512;

/** Ids within a text, such as an ARN's or those of JSON that was written as a text. */
const TARGET_IDS = /\b(?:sg|acl)-[0-9a-f]{8,17}\b/g;

/** One call is about one group or ACL; what else an event names are groups that its rules refer to. */
const MOST_TARGETS = 10;
const DEEPEST = 12;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const GROUP_NAME_CHARACTERS = 255;

const text = z.optional(z.nullable(z.string()));

const eventSchema = () =>
  z.looseObject({
    source: z.literal('aws.ec2', { error: 'is not aws.ec2; route calls of EC2 only' }),
    'detail-type': z.literal('AWS API Call via CloudTrail', { error: 'is no call that CloudTrail reports' }),
    account: accountIdSchema(),
    region: z.string().check(z.regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'is not the code of a Region')),
    detail: z.looseObject({
      eventSource: z.literal('ec2.amazonaws.com', { error: 'is not ec2.amazonaws.com' }),
      eventName: z.enum(WATCHED_CALLS, { error: 'is no call that can open or close anything' }),
      eventID: z.string().check(z.regex(/^[\w-]{1,64}$/, 'is no id')),
      eventTime: z.iso.datetime(),
      awsRegion: text,
      recipientAccountId: text,
      errorCode: text,
    }),
  });

type EventDetail = z.infer<ReturnType<typeof eventSchema>>['detail'];

/**
 * Reads an event of EventBridge about a call of EC2, in every form that CloudTrail writes calls in. The error says
 * which field is wrong, or that no group and no network ACL is named in any place that is known.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function parseChangeEvent(input: unknown): Result<Change, string> {
  const parsed = eventSchema().safeParse(input);
  if (!parsed.success) return failure(renderInputProblem(toInputProblem(parsed.error, input)));
  const { account, region, detail } = parsed.data;
  const elsewhere = placeProblem(account, region, detail);
  if (elsewhere !== undefined) return failure(elsewhere);
  if (detail.errorCode) return failure(`The call did not happen: detail.errorCode is ${detail.errorCode}.`);
  const targets = targetsOf(detail);
  const groupName = targets.length === 0 ? groupNameOf(detail) : undefined;
  if (targets.length === 0 && groupName === undefined) {
    return failure(
      `The event names no security group and no network ACL where ${detail.eventName} is known to name them.`,
    );
  }
  if (targets.length > MOST_TARGETS) {
    return failure(
      `The event names ${String(targets.length)} security groups and network ACLs, and ${detail.eventName} is about one: look at them by hand, or by a scan.`,
    );
  }
  return success({
    eventId: detail.eventID,
    call: detail.eventName,
    account,
    region,
    at: detail.eventTime,
    actor: toActor(detail),
    targets,
    ...(groupName === undefined ? {} : { groupName }),
    rules: rulesOf(detail),
  });
}

/** EventBridge says itself whose event it is; what the event says of it must agree. */
function placeProblem(account: string, region: string, detail: EventDetail): string | undefined {
  const { recipientAccountId = account, awsRegion = region } = detail;
  if (recipientAccountId !== account) {
    return `The event is of account ${account}, and says that it is of ${recipientAccountId ?? 'nobody'}.`;
  }
  return awsRegion === region
    ? undefined
    : `The event is of ${region}, and says that it is of ${awsRegion ?? 'nowhere'}.`;
}

/** Who it was is reported as far as it can be read: what he opened is read all the same. */
function toActor(detail: EventDetail): Actor {
  const fieldOf = (name: string) => textOf(memberOf(detail, name));
  const identity = memberOf(detail, 'userIdentity');
  const roleArn = textOf(memberOf(memberOf(memberOf(identity, 'sessionContext'), 'sessionIssuer'), 'arn'));
  const [name] = ['arn', 'invokedBy', 'type'].flatMap((each) => textOf(memberOf(identity, each)) ?? []);
  return {
    arn: bounded(name),
    ...(roleArn ? { roleArn } : {}),
    sourceIp: bounded(fieldOf('sourceIPAddress')),
    userAgent: bounded(fieldOf('userAgent')),
    ...(fieldOf('sessionCredentialFromConsole') === 'true' ? { isOfConsole: true } : {}),
  };
}

function bounded(value: string | undefined): string {
  return value ? value.slice(0, ACTOR_CHARACTERS) : 'unknown';
}

/** A call's parameters lie at the top, or in `<Call>Request` with a capital letter. */
function parametersOf(detail: EventDetail): readonly unknown[] {
  const { requestParameters, responseElements } = detail as Readonly<Record<string, unknown>>;
  return [requestParameters, memberOf(requestParameters, `${detail.eventName}Request`), responseElements];
}

function targetsOf(detail: EventDetail): Change['targets'] {
  const parts = parametersOf(detail);
  const inRules = itemsOf(memberOf(memberOf(parts[2], 'securityGroupRuleSet'), 'items'));
  const ids = [
    ...parts.flatMap((part) =>
      ['groupId', 'GroupId', 'networkAclId', 'NetworkAclId'].map((name) => memberOf(part, name)),
    ),
    ...inRules.map((rule) => memberOf(rule, 'groupId')),
  ].flatMap((value) => textOf(value) ?? []);
  const known = toTargets(ids);
  // A shape that nobody has seen yet: whatever it names is read, which costs a call and changes nothing.
  const texts = parts.flatMap((part) => textsIn(part, 0));
  return known.length > 0 ? known : toTargets(texts.flatMap((each) => each.match(TARGET_IDS) ?? []));
}

function toTargets(ids: readonly string[]): Change['targets'] {
  return [...new Set(ids)].flatMap((id) => {
    if (GROUP_ID.test(id)) return { kind: 'security-group', id } as const;
    return ACL_ID.test(id) ? ({ kind: 'network-acl', id } as const) : [];
  });
}

/** Every text in a part of an event, however it is nested. */
function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.values(value).flatMap((each) => textsIn(each, depth + 1));
}

/** The call names a group of the default VPC by its name, as EC2 lets it, and the response says nothing of its id. */
function groupNameOf(detail: EventDetail): string | undefined {
  // A group that is made, or gone, is not found by its name: only the id that EC2 answers says which it is.
  if (detail.eventName === 'CreateSecurityGroup') return undefined;
  const [flat, nested] = parametersOf(detail);
  const name = [flat, nested].flatMap(
    (part) => textOf(memberOf(part, 'groupName') ?? memberOf(part, 'GroupName')) ?? [],
  );
  return name.find((each) => each.length > 0 && each.length <= GROUP_NAME_CHARACTERS);
}

function rulesOf(detail: EventDetail): readonly string[] {
  const [flat, nested, response] = parametersOf(detail);
  const changed = [flat, nested].flatMap((part) => itemsOf(memberOf(part, 'SecurityGroupRule')));
  const added = itemsOf(memberOf(memberOf(response, 'securityGroupRuleSet'), 'items'));
  const ids = [
    ...changed.map((rule) => memberOf(rule, 'SecurityGroupRuleId')),
    ...added.map((rule) => memberOf(rule, 'securityGroupRuleId')),
  ].flatMap((value) => textOf(value) ?? []);
  const number = memberOf(flat, 'ruleNumber');
  return [...ids.filter((id) => RULE_ID.test(id)), ...(Number.isInteger(number) ? [String(number)] : [])];
}

/** What CloudTrail writes as one object, or as several. */
function itemsOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
