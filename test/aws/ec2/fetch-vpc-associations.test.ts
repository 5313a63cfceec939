import { EC2Client, EC2ServiceException } from '@aws-sdk/client-ec2';
import { fetchVpcAssociations } from '../../../src/aws/ec2/fetch-vpc-associations';
import { TARGET } from '../../flow/fixtures';

function ec2That(answers: () => Promise<object>): EC2Client {
  const client = new EC2Client({ region: 'eu-central-1' });
  jest.spyOn(client, 'send').mockImplementation(answers as never);
  return client;
}

const refusal = (name: string) =>
  new EC2ServiceException({ name, $fault: 'client', message: name, $metadata: { httpStatusCode: 400 } });

test('those that are over or failed are none', async () => {
  const states = ['associating', 'associated', 'disassociating', 'disassociation-failed', 'disassociated'];
  const SecurityGroupVpcAssociations = [...states, 'association-failed'].map((State) => ({
    VpcId: State,
    VpcOwnerId: TARGET.account,
    State,
  }));
  const read = await fetchVpcAssociations(
    ec2That(() => Promise.resolve({ SecurityGroupVpcAssociations })),
    TARGET,
  );
  expect(read.ok && read.value.map(({ vpcId }) => vpcId)).toEqual(states.slice(0, 4));
});

test('where EC2 does not know the operation there are none, and what is denied is not known', async () => {
  const unknown = await fetchVpcAssociations(
    ec2That(() => Promise.reject(refusal('InvalidAction'))),
    TARGET,
  );
  expect(unknown).toEqual({ ok: true, value: [] });
  const denied = await fetchVpcAssociations(
    ec2That(() => Promise.reject(refusal('UnauthorizedOperation'))),
    TARGET,
  );
  expect(denied).toMatchObject({ ok: false, error: { code: 'access-denied' } });
});
