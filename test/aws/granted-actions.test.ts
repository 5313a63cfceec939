import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { createServices } from '../../sandbox/create-services';
import { handlerNames } from '../../scripts/supply-chain/bundle-handler';
import { statementsOf, type Statement } from '../stacks/statements';
import { exampleWith, synthesize } from '../stacks/synthesized';

/** Operations whose IAM action has another name, and services whose IAM prefix is not the client's name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'securityhub:BatchUpdateFindingsV2': 'securityhub:BatchUpdateFindings',
  'securityhub:GetFindingsV2': 'securityhub:GetFindings',
};
const PREFIXES: Readonly<Record<string, string>> = {
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing': 'elasticloadbalancing',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  eventbridge: 'events',
  'secrets-manager': 'secretsmanager',
};

/** What the Lambda service does with a function's role, not our code. */
const BY_LAMBDA =
  /^(logs:(CreateLogStream|PutLogEvents)$|xray:|sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes)|sqs:SendMessage|lambda:\w+DurableExecution\w*)/;

/** Operations of AWS that a module and all that it imports can call. */
function callsOf(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const source = readFileSync(file, 'utf8');
  const imports = [...source.matchAll(/import (?!type)([^;]*?) from '([^']+)'/g)];
  return imports.flatMap(([, names = '', from = '']) => {
    const service = /^@aws-sdk\/client-([\w-]+)$/.exec(from)?.[1];
    if (service !== undefined) {
      const operations = [...names.matchAll(/(\w+)Command\b/g)].map(([, operation = '']) => operation);
      return operations.map((operation) => `${PREFIXES[service] ?? service}:${operation}`);
    }
    return from.startsWith('.') ? callsOf(fileOf(join(dirname(file), from)), seen) : [];
  });
}

/** The file that an import names: a module, or the index of a folder. */
const fileOf = (module: string) => (existsSync(`${module}.ts`) ? `${module}.ts` : join(module, 'index.ts'));

function actionsCalledBy(handler: string): readonly string[] {
  return unique(callsOf(`src/handlers/${handler}.ts`).map((action) => ACTIONS[action] ?? action));
}

function actionsGranted(statements: readonly Statement[]): readonly string[] {
  const allowed = statements.filter(({ effect, principal }) => effect === 'Allow' && principal === undefined);
  return unique(allowed.flatMap(({ actions }) => actions)).filter((action) => !BY_LAMBDA.test(action));
}

const unique = (actions: readonly string[]) => [...new Set(actions)].sort();

const { templates, isolation } = synthesize(
  exampleWith({
    securityHub: 'both',
    flowLogs: {
      logGroups: ['/vpc/flow-logs'],
      athena: { workGroup: 'portcullis', database: 'vpc', table: 'flow_logs', buckets: ['flow-logs-of-example'] },
    },
    isolation: {},
    automatic: [{ controls: ['EC2.13'], exclude: { organizationalUnits: ['ou-ab12-cdef3456'] } }],
  }),
);
const { hub, member } = templates;
if (isolation === undefined) throw new Error('nothing is isolated');
const ofHub = (construct: string) => statementsOf(hub).filter(({ logicalId }) => logicalId.startsWith(construct));
const ofMembers = [...statementsOf(member), ...statementsOf(Template.fromStack(isolation))];
const ofMemberRole = ofMembers.filter(({ actions }) => actions.some((action) => /Describe|ssm:|iam:|Get/.test(action)));

describe('what the roles grant', () => {
  test('is what the orchestrator calls, in the hub and in members', () => {
    const granted = actionsGranted([...ofHub('Orchestrator'), ...ofMemberRole]);
    // Passing the runbook role is part of starting the runbook; Athena reads the table with the rights of who asks.
    expect(granted.filter((action) => action !== 'iam:PassRole' && !/^(glue|s3):/.test(action))).toEqual(
      actionsCalledBy('orchestrator'),
    );
  });

  test.each([
    ['dispatcher', 'Dispatcher'],
    ['commands', 'Commands'],
  ])('is nothing that the function %s cannot call', (handler, construct) => {
    const granted = actionsGranted(ofHub(construct));
    expect(granted).toContain('lambda:InvokeFunction');
    const called = new Set(actionsCalledBy(handler));
    // Passing a role is part of making a schedule.
    expect(granted.filter((action) => !called.has(action) && action !== 'iam:PassRole')).toEqual([]);
  });
});

/** Each world brings it itself. */
const BY_EVERY_WORLD = /^sts:/;

const played = new Set(
  createServices().flatMap(({ signingName, operations }) =>
    Object.keys(operations).map((operation) => `${signingName}:${operation}`),
  ),
);

test.each(handlerNames('.'))('the sandbox plays whatever the function %s calls', (handler) => {
  const calls = unique(callsOf(`src/handlers/${handler}.ts`)).filter((call) => !BY_EVERY_WORLD.test(call));
  expect(calls.filter((call) => !played.has(call))).toEqual([]);
});
