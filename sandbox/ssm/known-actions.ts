/**
 * All actions of Automation; the sandbox runs those in `steps/`, and fails a step with any other.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export const KNOWN_ACTIONS: ReadonlySet<string> = new Set(
  [
    'approve',
    'assertAwsResourceProperty',
    'branch',
    'changeInstanceState',
    'copyImage',
    'createImage',
    'createStack',
    'createTags',
    'deleteImage',
    'deleteStack',
    'executeAutomation',
    'executeAwsApi',
    'executeScript',
    'executeStateMachine',
    'invokeLambdaFunction',
    'invokeWebhook',
    'loop',
    'pause',
    'runCommand',
    'runInstances',
    'sleep',
    'updateVariable',
    'waitForAwsResourceProperty',
  ].map((name) => `aws:${name}`),
);
