import type { Actor } from '../detection/change';
import type { OpenedBy } from './context';

type Tool = OpenedBy['with'];

/**
 * What a call was made with, by what CloudTrail shows of the caller. The user agent is the caller's own word: it names
 * a tool to people, and proves none. CDK deploys by CloudFormation, with a role that it made for that.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function toTool({ arn, roleArn = '', sourceIp, userAgent, isOfConsole }: Actor): Tool {
  if (sourceIp === CLOUDFORMATION || userAgent === CLOUDFORMATION) {
    return [arn, roleArn].some((each) => /[:/]cdk-[a-z0-9]+-cfn-exec-role-/.test(each)) ? 'cdk' : 'cloudformation';
  }
  const named = AGENTS.find(([pattern]) => pattern.test(userAgent));
  if (named) return named[1];
  return isOfConsole === true || CONSOLE.test(userAgent) ? 'console' : 'other';
}

const CLOUDFORMATION = 'cloudformation.amazonaws.com';

const AGENTS: readonly (readonly [RegExp, Tool])[] = [
  [/\bterraform\b|\bopentofu\b/i, 'terraform'],
  [/^aws-cli\//, 'cli'],
];

const CONSOLE = /^(console\.(\w+\.)?amazonaws\.com|signin\.amazonaws\.com|Mozilla\/)/;
