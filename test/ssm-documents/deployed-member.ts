import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2Client } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { App } from 'aws-cdk-lib';
import { createMemberAccounts } from '../../src/aws/sts/member-credentials';
import { createRunbooks } from '../../src/aws/ssm/runbooks';
import { createTargets } from '../../src/aws/ec2/targets';
import { toDeploymentNames } from '../../src/core/configuration/names/deployment-names';
import type { PlanStep } from '../../src/core/planning/plan';
import type { Target } from '../../src/core/target';
import type { RunbookRun, Runbooks, RunbookStatus, Targets } from '../../src/flow/ports';
import { deployAssembly } from '../../sandbox/cloudformation/deploy-assembly';
import { createEc2 } from '../../sandbox/ec2/ec2-service';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { createSsm, type SsmOptions } from '../../sandbox/ssm/ssm-service';
import { MemberStack } from '../../stacks/member-stack';
import { asAdministrator, home, hub, member, provision } from '../sandbox/small-sandbox';
import { exampleWith } from '../stacks/synthesized';

export const REMEDIATION = 'rem-0123456789abcdef';

/** A member account with the member stack as it is synthesized, and the adapters with the role of the orchestrator. */
export interface DeployedMember {
  readonly sandbox: Sandbox;
  /** The account's administrator, to arrange and to look. */
  readonly ec2: EC2Client;
  readonly targets: Omit<Targets, 'readSurroundings'>;
  readonly runbooks: Runbooks;
  run(target: Target, step: PlanStep, action?: RunbookRun['action']): Promise<RunbookStatus>;
  stop(): Promise<void>;
}

const configuration = exampleWith();
const names = toDeploymentNames(configuration.prefix);

/** Once for a test file: synthesizing takes longer than deploying. */
export function synthesizeMember(): { readonly directory: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-member-'));
  const app = new App({ outdir: directory, analyticsReporting: false });
  new MemberStack(app, names.stacks.member, { configuration, names, version: undefined });
  app.synth();
  return {
    directory,
    remove: () => {
      rmSync(directory, { recursive: true });
    },
  };
}

export async function deployMember(directory: string, undocumented: SsmOptions = {}): Promise<DeployedMember> {
  const sandbox = await startSandbox({
    services: [createEc2(), createSsm(undocumented)],
    accounts: [hub, member],
    regions: [home],
    hub: { account: hub, region: home },
    organizationId: configuration.organizationId,
    clockMode: 'manual',
  });
  const templateFile = `${names.stacks.member}.template.json`;
  await deployAssembly(sandbox.world, { directory, stacks: [{ templateFile, account: member, region: home }] });
  // As in Lambda: the adapters' clients find their endpoint in the environment.
  process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint;

  const sts = new STSClient({ ...asAdministrator(sandbox, hub), credentials: await orchestratorSession(sandbox) });
  const clock = { now: () => new Date(sandbox.world.clock.now()) };
  const accounts = createMemberAccounts(sts, names.roles.member, clock);
  const runbooks = createRunbooks(accounts, { prefix: configuration.prefix, runbookRole: names.roles.runbook });
  const ec2 = new EC2Client(asAdministrator(sandbox, member));
  let runs = 0;
  return {
    sandbox,
    ec2,
    runbooks,
    targets: createTargets(accounts),
    async run(target, step, action = 'close') {
      const run = { target, remediationId: REMEDIATION, action, runId: `${REMEDIATION}/0.${String(runs++)}`, step };
      const started = await runbooks.start(run);
      if (!started.ok) throw new Error(started.error.cause);
      await sandbox.world.clock.advance(60_000);
      const status = await runbooks.getStatus(run, started.value.executionId ?? '');
      if (!status.ok) throw new Error(status.error.cause);
      return status.value;
    },
    async stop() {
      delete process.env['AWS_ENDPOINT_URL'];
      ec2.destroy();
      sts.destroy();
      await sandbox.stop();
    },
  };
}

/**
 * A session of a role with the orchestrator's name, and no more than taking on member roles: what the trust asks for.
 */
async function orchestratorSession(sandbox: Sandbox) {
  const { attributes } = await provision(sandbox, 'AWS::IAM::Role', {
    RoleName: names.roles.orchestrator,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${hub}:root` }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      {
        PolicyName: 'ReachMembers',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::*:role/${names.roles.member}` },
          ],
        },
      },
    ],
  });
  const sts = new STSClient(asAdministrator(sandbox, hub));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: attributes['Arn'], RoleSessionName: 'orchestrator' }),
  );
  sts.destroy();
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
