import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  deployAssembly,
  type DeployedStack,
  type StackToDeploy,
} from '../../../sandbox/cloudformation/deploy-assembly';
import { AwsError } from '../../../sandbox/runtime/aws-error';
import { createWorld, type SandboxWorld } from '../../../sandbox/runtime/create-world';
import type { Service } from '../../../sandbox/runtime/operation';

const hub = { account: '111111111111', region: 'eu-central-1' };

interface Made {
  readonly place: string;
  readonly logicalId: string;
  readonly properties: unknown;
}

let directory: string;
let made: Made[];
let world: SandboxWorld;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  made = [];
  const things: Service = {
    signingName: 'things',
    protocol: 'awsJson1_1',
    schemas: {},
    operations: {},
    provisioners: {
      'AWS::Things::Thing': (properties, { account, region, stackName, logicalId, assetPath }) => {
        if (properties['Bad'] !== undefined) throw new AwsError('ValidationError', 'Bad: not allowed');
        const asset = typeof properties['Key'] === 'string' ? assetPath?.(properties['Key']) : undefined;
        made.push({ place: `${account}/${region}`, logicalId, properties: asset ? { asset } : properties });
        return { ref: `${stackName}-${logicalId}`, attributes: { Arn: `arn:${logicalId}` } };
      },
    },
  };
  world = createWorld({
    services: [things],
    accounts: ['111111111111', '222222222222'],
    hub,
    regions: ['eu-central-1', 'us-east-1'],
    clockMode: 'manual',
  });
});

afterEach(async () => {
  await world.stop();
  rmSync(directory, { recursive: true });
});

function deploy(template: object, stack: Partial<StackToDeploy> = {}): Promise<readonly DeployedStack[]> {
  writeFileSync(join(directory, 'Hub.template.json'), JSON.stringify(template));
  return deployAssembly(world, { directory, stacks: [{ templateFile: 'Hub.template.json', ...hub, ...stack }] });
}

const thing = (properties: object = {}, more: object = {}): object => ({
  Type: 'AWS::Things::Thing',
  Properties: properties,
  ...more,
});

test('resources are made in the order of their dependencies, with every function resolved, and outputs returned', async () => {
  const [stack] = await deploy({
    Parameters: {
      Env: { Type: 'String', Default: 'test' },
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/x' },
    },
    Rules: { CheckBootstrapVersion: { Assertions: [] } },
    Resources: {
      Second: thing({ First: { Ref: 'First' }, Account: { Ref: 'AWS::AccountId' }, Env: { Ref: 'Env' } }),
      First: thing({ Partition: { 'Fn::Sub': 'arn:${AWS::Partition}:x.${AWS::URLSuffix}' } }),
      CDKMetadata: { Type: 'AWS::CDK::Metadata' },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Second', 'Arn'] } } },
  });
  expect(made.map(({ logicalId }) => logicalId)).toEqual(['First', 'Second']);
  expect(made[0]?.properties).toEqual({ Partition: 'arn:aws:x.amazonaws.com' });
  expect(made[1]?.properties).toEqual({ First: 'Hub-First', Account: '111111111111', Env: 'test' });
  expect(stack).toEqual({ stackName: 'Hub', ...hub, outputs: { Arn: 'arn:Second' } });
});

test('one template is deployed to many places', async () => {
  writeFileSync(
    join(directory, 'Member.template.json'),
    JSON.stringify({ Resources: { T: thing({ R: { Ref: 'AWS::Region' } }) } }),
  );
  const places = [hub, { account: '222222222222', region: 'us-east-1' }];
  await deployAssembly(world, {
    directory,
    stacks: places.map((place) => ({ templateFile: 'Member.template.json', ...place })),
  });
  expect(made.map(({ place }) => place)).toEqual(['111111111111/eu-central-1', '222222222222/us-east-1']);
});

test('a later stack imports what an earlier one in the same place exports', async () => {
  writeFileSync(
    join(directory, 'A.template.json'),
    JSON.stringify({ Resources: { T: thing() }, Outputs: { Out: { Value: { Ref: 'T' }, Export: { Name: 'A:T' } } } }),
  );
  writeFileSync(
    join(directory, 'B.template.json'),
    JSON.stringify({ Resources: { U: thing({ From: { 'Fn::ImportValue': 'A:T' } }) } }),
  );
  const stacks = ['A', 'B'].map((name) => ({ templateFile: `${name}.template.json`, ...hub }));
  await deployAssembly(world, { directory, stacks });
  expect(made[1]?.properties).toEqual({ From: 'A-T' });
});

test('a resource whose condition is false is left out', async () => {
  await deploy({
    Conditions: { IsUs: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
    Resources: { Us: thing({}, { Condition: 'IsUs' }), Any: thing({ x: { 'Fn::If': ['IsUs', 1, 2] } }) },
  });
  expect(made).toMatchObject([{ logicalId: 'Any', properties: { x: 2 } }]);
});

test('file assets are found by the object key of the template', async () => {
  writeFileSync(
    join(directory, 'Hub.assets.json'),
    JSON.stringify({
      version: '1',
      files: {
        abc: {
          source: { path: 'asset.abc', packaging: 'zip' },
          destinations: { here: { bucketName: 'b', objectKey: 'abc.zip' } },
        },
      },
    }),
  );
  await deploy({ Resources: { T: thing({ Key: 'abc.zip' }) } });
  expect(made[0]?.properties).toEqual({ asset: join(directory, 'asset.abc') });
});

const failures: readonly {
  readonly name: string;
  readonly template: object;
  readonly stack?: Partial<StackToDeploy>;
  readonly says: string;
}[] = [
  {
    name: 'a type that nobody makes',
    template: { Resources: { X: { Type: 'AWS::Unknown::Thing' } } },
    says: 'Stack Hub (111111111111 eu-central-1), X: the sandbox cannot make a AWS::Unknown::Thing',
  },
  {
    name: 'a property that the service refuses',
    template: { Resources: { X: thing({ Bad: 1 }) } },
    says: 'Stack Hub (111111111111 eu-central-1), X, AWS::Things::Thing: Bad: not allowed',
  },
  {
    name: 'a function that cannot be resolved',
    template: { Resources: { X: thing({ A: { B: { Ref: 'Nope' } } }) } },
    says: 'Stack Hub (111111111111 eu-central-1), X, A.B.Ref: Nope is neither a parameter nor a resource of the template',
  },
  {
    name: 'an attribute that the resource does not have',
    template: { Resources: { T: thing(), X: thing({ A: { 'Fn::GetAtt': ['T', 'Url'] } }) } },
    says: 'X, A.Fn::GetAtt: T has no attribute Url in the sandbox (it has: Arn)',
  },
  {
    name: 'a reference to a resource that its condition leaves out',
    template: {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { T: thing({}, { Condition: 'Never' }), X: thing({ A: { Ref: 'T' } }) },
    },
    says: 'X, A.Ref: resource T was not created',
  },
  {
    name: 'parameters without a value, with a value that is not allowed, or not declared',
    template: {
      Parameters: { A: { Type: 'String' }, B: { Type: 'String', Default: 'x', AllowedValues: ['y'] } },
      Resources: {},
    },
    stack: { parameters: { C: '1' } },
    says: 'Parameters: C is not declared by the template; A has no value and no default; B is "x", but allowed are y',
  },
  {
    name: 'a circle',
    template: { Resources: { A: thing({}, { DependsOn: 'B' }), B: thing({}, { DependsOn: 'A' }) } },
    says: 'Circular dependency between resources: A → B → A',
  },
];

test.each(failures)('$name fails the deployment, and the message says where', async ({ template, stack, says }) => {
  await expect(deploy(template, stack)).rejects.toThrow(says);
});
