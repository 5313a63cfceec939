import { PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import {
  BatchImportFindingsCommand,
  DescribeActionTargetsCommand,
  GetFindingsCommand,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import type { Clients } from './clients';
import type { Located, Place } from './place';

/** EventBridge takes no more at once. */
const EVENTS_PER_CALL = 10;

interface HubOfTests {
  readonly clients: Clients;
  readonly hub: Place;
  readonly partition: string;
  readonly now: () => number;
}

/** Findings as Security Hub makes them, and as people in its console see and select them. */
export interface Findings {
  /** Imports a failed finding of a control about a resource, as Security Hub itself would, with what else is wanted. */
  importFinding(resource: Located, control: string, changes?: Partial<AwsSecurityFinding>): Promise<string>;
  findingOf(id: string): Promise<AwsSecurityFinding>;
  /** The event that the console makes of a click. */
  customActionEvent(findings: readonly object[], actionName?: string): Promise<PutEventsRequestEntry>;
  put(...entries: readonly PutEventsRequestEntry[]): Promise<void>;
  /** A person selects the findings and chooses an action: one event each, sent together. */
  choose(action: string, ...ids: readonly string[]): Promise<void>;
  /** {@link choose} for Close ingress. */
  press(...ids: readonly string[]): Promise<void>;
}

export function createFindings({ clients, hub, partition, now }: HubOfTests): Findings {
  let findings = 0;
  const { events, securityHub } = clients;

  async function importFinding(
    resource: Located,
    control: string,
    changes: Partial<AwsSecurityFinding> = {},
  ): Promise<string> {
    const { account, region } = resource;
    const at = new Date(now()).toISOString();
    const Type = resource.arn.includes(':network-acl/') ? 'AwsEc2NetworkAcl' : 'AwsEc2SecurityGroup';
    const finding: AwsSecurityFinding = {
      SchemaVersion: '2018-10-08',
      Id: `arn:${partition}:securityhub:${region}:${account}:security-control/${control}/finding/${String(++findings)}`,
      ProductArn: `arn:${partition}:securityhub:${region}::product/aws/securityhub`,
      GeneratorId: control === 'baseline' ? 'portcullis/baseline' : `security-control/${control}`,
      AwsAccountId: account,
      Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
      CreatedAt: at,
      UpdatedAt: at,
      Severity: { Label: 'HIGH' },
      Title: `${control} fails`,
      Description: `${control} fails on ${resource.id}.`,
      Resources: [{ Type, Id: resource.arn, Partition: 'aws', Region: region }],
      Compliance: { Status: 'FAILED', SecurityControlId: control },
      RecordState: 'ACTIVE',
      ...changes,
    };
    const imported = await securityHub({ account, region }).send(
      new BatchImportFindingsCommand({ Findings: [finding] }),
    );
    const [failed] = imported.FailedFindings ?? [];
    if (failed) throw new Error(failed.ErrorMessage);
    return finding.Id ?? '';
  }

  async function findingOf(id: string): Promise<AwsSecurityFinding> {
    const { Findings = [] } = await securityHub(hub).send(
      new GetFindingsCommand({ Filters: { Id: [{ Value: id, Comparison: 'EQUALS' }] } }),
    );
    const [finding] = Findings;
    if (!finding) throw new Error(`Security Hub has no finding ${id}`);
    return finding;
  }

  /** @param name as people see it, or the action's id where several have that name */
  async function actionArn(name: string): Promise<string> {
    const { ActionTargets = [] } = await securityHub(hub).send(new DescribeActionTargetsCommand({}));
    const action = ActionTargets.find(
      ({ Name, ActionTargetArn = '' }) => Name === name || ActionTargetArn.endsWith(`/${name}`),
    );
    return action?.ActionTargetArn ?? '';
  }

  async function customActionEvent(findingsOfEvent: readonly object[], actionName = 'Close ingress') {
    return {
      Source: 'aws.securityhub',
      DetailType: 'Security Hub Findings - Custom Action',
      Resources: [await actionArn(actionName)],
      Detail: JSON.stringify({ actionName, actionDescription: '', findings: findingsOfEvent }),
    };
  }

  async function put(...entries: readonly PutEventsRequestEntry[]): Promise<void> {
    for (let start = 0; start < entries.length; start += EVENTS_PER_CALL) {
      await events.send(new PutEventsCommand({ Entries: entries.slice(start, start + EVENTS_PER_CALL) }));
    }
  }

  async function choose(action: string, ...ids: readonly string[]): Promise<void> {
    const selected = await Promise.all(ids.map(findingOf));
    await put(...(await Promise.all(selected.map((finding) => customActionEvent([finding], action)))));
  }

  return {
    importFinding,
    findingOf,
    customActionEvent,
    put,
    choose,
    press: (...ids: readonly string[]) => choose('Close ingress', ...ids),
  };
}
