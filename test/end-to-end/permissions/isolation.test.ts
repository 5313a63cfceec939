import { CreateVpcCommand, DescribeSubnetsCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { createServices } from '../../../sandbox/create-services';
import { readTemplates, synthesizeOnce, type EditTemplate, type TemplateJson } from '../assembly';
import { deploy, MEMBER, SANDBOX_FILE } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';

// What the stack Portcullis-Isolation allows the two roles of the member stack besides.

const virginia = { account: MEMBER, region: 'us-east-1' };

interface Statement {
  readonly Sid: string;
  Action: string | string[];
}

function statementsOf({ Resources }: TemplateJson): readonly Statement[] {
  return Object.entries(Resources).flatMap(([id, { Properties }]) =>
    id === 'MemberPolicy' || id === 'RunbookPolicy'
      ? (Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement
      : [],
  );
}

/** How isolating in a VPC where nobody has, and its undo, end. */
async function play(edit?: EditTemplate): Promise<readonly string[]> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    services: createServices({ lambda: { processesPerFunction: 1 } }),
    edit(template, file) {
      withShortPauses(template, file);
      edit?.(template, file);
    },
  });
  try {
    const ec2 = portcullis.clients.ec2(virginia);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.0.0/16' }));
    const Filters = [{ Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }];
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
    const SubnetId = Subnets[0]?.SubnetId;
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({ ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1, SubnetId }),
    );
    const id = Instances[0]?.InstanceId ?? '';
    const arn = `arn:aws:ec2:us-east-1:${MEMBER}:instance/${id}`;
    const findingId = await portcullis.importFinding({ ...virginia, id, arn }, 'none', {
      Resources: [{ Type: 'AwsEc2Instance', Id: arn }],
      Compliance: undefined,
    });
    const endings: string[] = [];
    for (const action of ['Isolate', 'Undo closing']) {
      await portcullis.choose(action, findingId);
      await portcullis.settle();
      const { UserDefinedFields, Note } = await portcullis.findingOf(findingId);
      endings.push(UserDefinedFields?.['PortcullisOutcome'] ?? Note?.Text ?? '');
    }
    return endings;
  } finally {
    await portcullis.stop();
  }
}

const AS_GRANTED = ['isolated', 'undone'];

test('with what the template grants, an instance is isolated and gets its groups back', async () => {
  expect(await play()).toEqual(AS_GRANTED);
});

const grants = [...readTemplates(synthesizeOnce(SANDBOX_FILE)).values()].flatMap((template) =>
  statementsOf(template).flatMap(({ Sid, Action }) => [Action].flat().map((action) => ({ Sid, action }))),
);

test('there is something to take away', () => {
  expect(grants.length).toBeGreaterThan(5);
});

test.each(grants)('isolating cannot do without $action ($Sid)', async ({ Sid, action }) => {
  const endings = await play((template) => {
    for (const statement of statementsOf(template)) {
      if (statement.Sid !== Sid) continue;
      statement.Action = [...[statement.Action].flat().filter((each) => each !== action), 'none:Of'];
    }
  });
  expect(endings).not.toEqual(AS_GRANTED);
  expect(endings).not.toContain('isolated');
});
