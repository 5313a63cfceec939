import { DescribeAutomationExecutionsCommand } from '@aws-sdk/client-ssm';
import { deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed } from './deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const ANYWHERE = '0.0.0.0/0';

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

describe('a person chooses Close ingress', () => {
  test('the story', async () => {
    const t=Date.now();
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE, '10.0.0.0/8', '::/0')]);
    const office = (await portcullis.ingressOf(group)).find(({ CidrIpv4 }) => CidrIpv4 === '10.0.0.0/8');
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    console.log('open', Date.now()-t);
    await portcullis.press(id);
    await portcullis.settle();
    console.log('closed', Date.now()-t);
    console.log(await portcullis.findingOf(id), await portcullis.ingressOf(group), office);
    console.log(JSON.stringify(await portcullis.recordOf(id), null, 1));
    console.log(JSON.stringify(await portcullis.domainEventsAbout(group), null, 1));
    console.log(JSON.stringify((await portcullis.clients.ssm(virginia).send(new DescribeAutomationExecutionsCommand({}))).AutomationExecutionMetadataList, null, 1));
  });
});
void OTHER_MEMBER;
