/** A custom action of the Security Hub console, as its API describes it. */
export interface CustomAction {
  readonly name: string;
  readonly description: string;
}

/** What a template asks for: the id is what the action's ARN ends with, and cannot be changed. */
export interface RequestedCustomAction extends CustomAction {
  readonly id: string;
}

/** The stack that asks, as the ARN of a custom resource's event says. */
export interface AskingStack {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

const STACK_ARN = /^arn:([^:]+):cloudformation:([^:]+):(\d{12}):stack\/([^/]+)\/.+$/;

/**
 * @param stackId `arn:aws:cloudformation:eu-west-1:111111111111:stack/Portcullis-Hub/<guid>`
 * @returns undefined for what is no stack's ARN
 */
export function parseStackId(stackId: string): AskingStack | undefined {
  const [, partition, region, account, name] = STACK_ARN.exec(stackId) ?? [];
  if (partition === undefined || region === undefined || account === undefined || name === undefined) return undefined;
  return { partition, region, account, name };
}

/** The ARN follows from the id, so that an action can be found again whose creation was never answered. */
export function customActionArn({ partition, region, account }: Omit<AskingStack, 'name'>, id: string): string {
  return `arn:${partition}:securityhub:${region}:${account}:action/custom/${id}`;
}

/**
 * The action as it is written: its description names the stack, because custom actions have no tags, and only so is one
 * that a lost answer left behind distinguished from one that somebody else made under the same id.
 */
export function markedFor(stack: AskingStack, { name, description }: CustomAction): CustomAction {
  return { name, description: `${description}${markOf(stack)}` };
}

/** Whether this stack has made the action. */
export function isMadeBy(stack: AskingStack, { description }: CustomAction): boolean {
  return description.endsWith(markOf(stack));
}

function markOf({ name }: AskingStack): string {
  return ` (stack ${name})`;
}
