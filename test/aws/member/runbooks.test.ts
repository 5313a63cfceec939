import { DescribeSecurityGroupRulesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { createRunbooks } from '../../../src/aws/ssm/runbooks';
import type { Target } from '../../../src/core/target';
import type { RunbookRun } from '../../../src/flow/ports';
import { readRunbookDocuments } from '../../../stacks/runbook-documents';
import type { Sandbox } from '../../../sandbox/sandbox';
import { home, linked, member, provision, provisionRole } from '../../sandbox/small-sandbox';
import { EVERYTHING, REMEDIATION, memberAccount } from './member-account';

const { current, allowMemberRole, accounts, open } = memberAccount();
let sandbox: Sandbox;
let ec2: EC2Client;
let target: Target;
beforeEach(() => {
  ({ sandbox, ec2, target } = current());
});

describe('a runbook', () => {
  beforeEach(async () => {
    await allowMemberRole(EVERYTHING);
    await provisionRole(sandbox, {
      name: 'Portcullis-Runbook',
      account: member,
      trusted: 'ssm.amazonaws.com',
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateTags'],
    });
    for (const { name, content } of readRunbookDocuments()) {
      await provision(
        sandbox,
        'AWS::SSM::Document',
        {
          Name: `Portcullis-${name}`,
          DocumentType: 'Automation',
          Content: content,
        },
        { account: member, region: linked },
      );
    }
  });

  const runbooks = () => createRunbooks(accounts(), { prefix: 'Portcullis', runbookRole: 'Portcullis-Runbook' });

  async function ingressOf() {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [target.id] }] }),
    );
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true);
  }

  function run(step: RunbookRun['step'], index = 0): RunbookRun {
    return { target, remediationId: REMEDIATION, action: 'close', runId: `${REMEDIATION}/0.${String(index)}`, step };
  }

  const permission = (port: number) => ({
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    CidrIpv4: '0.0.0.0/0',
  });

  async function startAndFinish(started: RunbookRun) {
    const result = await runbooks().start(started);
    if (!result.ok) throw new Error(result.error.cause);
    await sandbox.world.clock.advance(60_000);
    return result.value.executionId ?? '';
  }

  test('revokes exactly the rules of the step', async () => {
    await open(22);
    await open(443);
    const revoke = run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] });
    const executionId = await startAndFinish(revoke);

    expect(await runbooks().getStatus(revoke, executionId)).toEqual({ ok: true, value: { kind: 'succeeded' } });
    expect((await ingressOf()).map(({ FromPort }) => FromPort)).toEqual([443]);
  });

  test('authorizes with description and tags, and names the remediation', async () => {
    const Tags = [{ Key: 'owner', Value: 'web' }];
    await startAndFinish(
      run({ call: 'AuthorizeSecurityGroupIngress', rules: [{ ...permission(443), Description: 'Web', Tags }] }),
    );
    expect(await ingressOf()).toMatchObject([
      { FromPort: 443, Description: 'Web', Tags: [...Tags, { Key: 'portcullis:remediation', Value: REMEDIATION }] },
    ]);
  });

  test('says by its code that the rule is not there any more', async () => {
    const revoke = run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] });
    const executionId = await startAndFinish(revoke);
    expect(await runbooks().getStatus(revoke, executionId)).toMatchObject({
      value: { kind: 'failed', code: 'InvalidPermission.NotFound' },
    });
  });

  test('is started once, however often its start is repeated', async () => {
    await open(22);
    const revoke = run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] });
    sandbox.world.faults.add({
      kind: 'lost-response',
      service: 'ssm',
      operation: 'StartAutomationExecution',
      times: 1,
    });
    // Whether it was started nobody can say: it is not taken for a run that was not.
    const lost = await runbooks().start(revoke);
    expect(lost.ok ? lost.value.doubt : lost.error.retryable).toBeTruthy();
    const repeated = await runbooks().start(revoke);
    // Either SSM gives the execution again or says that the token is taken: both mean that it runs.
    expect(repeated).toEqual({ ok: true, value: {} });
  });

  test('cannot be started where the documents are missing, and says so', async () => {
    const elsewhere = {
      ...run({ call: 'RevokeSecurityGroupIngress', rules: [permission(22)] }),
      target: { ...target, region: home },
    };
    expect(await runbooks().start(elsewhere)).toMatchObject({
      ok: false,
      error: {
        retryable: false,
        cause: expect.stringContaining(`The member stack in ${member}/${home} is older than the hub`) as string,
      },
    });
  });
});
