import { CreateActionTargetCommand, DescribeActionTargetsCommand } from '@aws-sdk/client-securityhub';
import { deploy, HUB, type Deployed } from '../deployed-portcullis';
import { askAsCloudFormation, type Asked } from './ask-as-cloudformation';
import { configurationFor } from './configuration-for';

// What CloudFormation asks of the function over the life of a stack, one deployment for all: each test has ids of its
// own.

const REGION = 'eu-west-1';
const configurationFile = configurationFor(REGION);

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile });
});
afterEach(() => portcullis.behave());
afterAll(() => portcullis.stop());

const arn = (id: string) => `arn:aws:securityhub:${REGION}:${HUB}:action/custom/${id}`;
const properties = (Id: string, Description = 'Closes') => ({ Id, Name: 'Close ingress', Description });
const ask = (asked: Asked) => askAsCloudFormation(portcullis, asked);
const hub = () => portcullis.clients.securityHub(portcullis.hub);

async function descriptionOf(id: string): Promise<string | undefined> {
  const { ActionTargets = [] } = await hub().send(new DescribeActionTargetsCommand({}));
  return ActionTargets.find(({ ActionTargetArn }) => ActionTargetArn === arn(id))?.Description;
}

function madeBySomebodyElse(id: string): Promise<unknown> {
  return hub().send(new CreateActionTargetCommand({ Id: id, Name: 'Theirs', Description: 'Of another tool' }));
}

test('Create makes the action, named by its ARN, with the stack in its description', async () => {
  const answer = await ask({ RequestType: 'Create', ResourceProperties: properties('New') });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn('New') });
  expect(await descriptionOf('New')).toBe('Closes (stack Portcullis-Hub)');
});

test('Create finds the action again when Security Hub made it and the answer was lost', async () => {
  await portcullis.misbehave({
    kind: 'lost-response',
    service: 'securityhub',
    operation: 'CreateActionTarget',
    times: 1,
  });
  const answer = await ask({ RequestType: 'Create', ResourceProperties: properties('Lost') });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn('Lost') });
});

test('Create asked again, with other texts, ends with one action that has them', async () => {
  await ask({ RequestType: 'Create', ResourceProperties: properties('Twice') });
  const answer = await ask({ RequestType: 'Create', ResourceProperties: properties('Twice', 'Shuts') });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn('Twice') });
  expect(await descriptionOf('Twice')).toBe('Shuts (stack Portcullis-Hub)');
});

test("Create refuses an id that somebody else's action has, says what to do, and the rollback's Delete leaves that one", async () => {
  await madeBySomebodyElse('Theirs');
  const answer = await ask({ RequestType: 'Create', ResourceProperties: properties('Theirs') });
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: arn('Theirs') });
  expect(answer.Reason).toContain(`aws securityhub delete-action-target --action-target-arn ${arn('Theirs')}`);

  const deleted = await ask({
    RequestType: 'Delete',
    PhysicalResourceId: answer.PhysicalResourceId,
    ResourceProperties: properties('Theirs'),
  });
  expect(deleted.Status).toBe('SUCCESS');
  expect(await descriptionOf('Theirs')).toBe('Of another tool');
});

test('Update of the texts keeps the ARN', async () => {
  await ask({ RequestType: 'Create', ResourceProperties: properties('Texts') });
  const answer = await ask({
    RequestType: 'Update',
    PhysicalResourceId: arn('Texts'),
    ResourceProperties: properties('Texts', 'Closes well'),
    OldResourceProperties: properties('Texts'),
  });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn('Texts') });
  expect(await descriptionOf('Texts')).toBe('Closes well (stack Portcullis-Hub)');
});

test('Update makes an action again that somebody has deleted by hand', async () => {
  const answer = await ask({
    RequestType: 'Update',
    PhysicalResourceId: arn('Gone'),
    ResourceProperties: properties('Gone'),
    OldResourceProperties: properties('Gone'),
  });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn('Gone') });
  expect(await descriptionOf('Gone')).toBeDefined();
});

test("a replaced prefix: Update makes the new action, and the old one stays until CloudFormation's Delete", async () => {
  await ask({ RequestType: 'Create', ResourceProperties: properties('OldClose') });
  const answer = await ask({
    RequestType: 'Update',
    PhysicalResourceId: arn('OldClose'),
    ResourceProperties: properties('NewClose'),
    OldResourceProperties: properties('OldClose'),
  });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: arn('NewClose') });
  expect(await descriptionOf('OldClose')).toBeDefined();

  await ask({ RequestType: 'Delete', PhysicalResourceId: arn('OldClose'), ResourceProperties: properties('OldClose') });
  expect(await descriptionOf('OldClose')).toBeUndefined();
  expect(await descriptionOf('NewClose')).toBeDefined();
});

test('a replaced prefix that is rolled back: the old action is found again, and the new one goes with its Delete', async () => {
  await ask({ RequestType: 'Create', ResourceProperties: properties('Before') });
  const [before, after] = [properties('Before'), properties('After')];
  const replaced = { PhysicalResourceId: arn('Before'), ResourceProperties: after, OldResourceProperties: before };
  await ask({ RequestType: 'Update', ...replaced });

  const back = { PhysicalResourceId: arn('After'), ResourceProperties: before, OldResourceProperties: after };
  expect(await ask({ RequestType: 'Update', ...back })).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: arn('Before'),
  });
  await ask({ RequestType: 'Delete', PhysicalResourceId: arn('After'), ResourceProperties: after });
  expect(await descriptionOf('Before')).toBeDefined();
  expect(await descriptionOf('After')).toBeUndefined();
});

test('a replacement that failed keeps the old ARN, and its rollback removes what was made for it all the same', async () => {
  await ask({ RequestType: 'Create', ResourceProperties: properties('Kept') });
  await madeBySomebodyElse('Taken');
  const [kept, taken] = [properties('Kept'), properties('Taken')];
  const failed = await ask({
    RequestType: 'Update',
    PhysicalResourceId: arn('Kept'),
    ResourceProperties: taken,
    OldResourceProperties: kept,
  });
  expect(failed).toMatchObject({ Status: 'FAILED', PhysicalResourceId: arn('Kept') });

  const back = { PhysicalResourceId: arn('Kept'), ResourceProperties: kept };
  await ask({ RequestType: 'Update', ...back, OldResourceProperties: taken });
  expect(await descriptionOf('Taken')).toBe('Of another tool');

  // As above, but of the new action it is not known that it was made.
  await ask({ RequestType: 'Create', ResourceProperties: properties('Unheard') });
  await ask({ RequestType: 'Update', ...back, OldResourceProperties: properties('Unheard') });
  expect(await descriptionOf('Unheard')).toBeUndefined();
  expect(await descriptionOf('Kept')).toBeDefined();
});

test.each([
  { name: 'its ARN', id: 'ByArn', physicalResourceId: arn('ByArn') },
  {
    name: 'an id that CloudFormation made up, because Create was never answered',
    id: 'Unnamed',
    physicalResourceId: 'Portcullis-Hub-Asked-1ABC',
  },
])('Delete removes the action, known by $name, and is content when it is gone', async ({ id, physicalResourceId }) => {
  await ask({ RequestType: 'Create', ResourceProperties: properties(id) });
  const asked = {
    RequestType: 'Delete',
    PhysicalResourceId: physicalResourceId,
    ResourceProperties: properties(id),
  } as const;
  expect(await ask(asked)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalResourceId });
  expect(await descriptionOf(id)).toBeUndefined();
  expect((await ask(asked)).Status).toBe('SUCCESS');
});

test('properties that Security Hub would refuse are answered, and do not keep a failed stack from being deleted', async () => {
  const wrong = properties('No good');
  const created = await ask({ RequestType: 'Create', ResourceProperties: wrong });
  expect(created).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/letters and digits/) as string });
  const { PhysicalResourceId } = created;
  expect((await ask({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties: wrong })).Status).toBe('SUCCESS');
});

test('the address of the answer, which is a credential, is not logged', async () => {
  await ask({ RequestType: 'Create', ResourceProperties: properties('Quiet') });
  const logs = JSON.stringify(await portcullis.ask('lambda/logs?functionName=Portcullis-CustomActions'));
  expect(logs).toContain('Answered CloudFormation');
  expect(logs).not.toContain('X-Amz-Signature');
});
