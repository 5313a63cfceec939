import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  DescribeActionTargetsCommand,
  GetFindingsCommand,
  type AwsSecurityFinding,
  type SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { InputError } from '../cli-error';

/** Findings that the console lets a person select for one custom action. */
const SELECTABLE = 20;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const EVENTS_PER_CALL = 10;

/**
 * Plays the console's click: one `Security Hub Findings - Custom Action` event for each selected finding.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-types.html
 *
 * @param prefix of the deployment whose action it is, needed where several have one of that name
 * @throws InputError when the action or a finding does not exist, or more than 20 findings are named
 */
export async function pressCustomAction(
  hub: { readonly securityHub: SecurityHubClient; readonly eventBridge: EventBridgeClient },
  actionName: string,
  findingIds: readonly string[],
  prefix = '',
): Promise<void> {
  if (findingIds.length > SELECTABLE) {
    throw new InputError(
      `the console selects at most ${String(SELECTABLE)} findings, not ${String(findingIds.length)}`,
    );
  }
  const action = await fetchAction(hub.securityHub, actionName, prefix);
  const findings = await fetchFindings(hub.securityHub, findingIds);
  const entries = findings.map((finding) => ({
    Source: 'aws.securityhub',
    DetailType: 'Security Hub Findings - Custom Action',
    Resources: [action.arn],
    Detail: JSON.stringify({
      actionName: action.name,
      actionDescription: action.description,
      findings: [finding],
    }),
  }));
  for (let start = 0; start < entries.length; start += EVENTS_PER_CALL) {
    const Entries = entries.slice(start, start + EVENTS_PER_CALL);
    const { Entries: results = [] } = await hub.eventBridge.send(new PutEventsCommand({ Entries }));
    const refused = results.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused) throw new Error(`EventBridge refused an event: ${refused.ErrorMessage ?? refused.ErrorCode ?? ''}`);
  }
}

async function fetchAction(securityHub: SecurityHubClient, actionName: string, prefix: string) {
  const { ActionTargets = [] } = await securityHub.send(new DescribeActionTargetsCommand({}));
  const [action, ...others] = ActionTargets.filter(
    ({ Name, ActionTargetArn = '' }) => Name === actionName && ActionTargetArn.includes(`:action/custom/${prefix}`),
  );
  if (!action?.ActionTargetArn) {
    const known = [...new Set(ActionTargets.map((candidate) => `"${candidate.Name ?? ''}"`))].join(', ');
    const of = prefix === '' ? '' : ` in a deployment of prefix ${prefix}`;
    throw new InputError(`no custom action is named "${actionName}"${of}; there is ${known || 'none'}`);
  }
  if (others.length > 0) {
    const ids = [action, ...others].map(({ ActionTargetArn = '' }) => ActionTargetArn.split('/').at(-1)).join(', ');
    throw new InputError(`several custom actions are named "${actionName}" (${ids}); choose one with --prefix`);
  }
  return { arn: action.ActionTargetArn, name: actionName, description: action.Description ?? '' };
}

async function fetchFindings(securityHub: SecurityHubClient, ids: readonly string[]): Promise<AwsSecurityFinding[]> {
  const { Findings = [] } = await securityHub.send(
    new GetFindingsCommand({ Filters: { Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })) }, MaxResults: 100 }),
  );
  return ids.map((id) => {
    const finding = Findings.find((candidate) => candidate.Id === id);
    if (!finding) throw new InputError(`Security Hub knows no finding ${id}`);
    return finding;
  });
}
