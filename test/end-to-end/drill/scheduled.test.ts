import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createServices } from '../../../sandbox/create-services';
import { deploy, type Deployed } from '../deployed-portcullis';
import { DRILL_PLACE, leftOvers } from './drill-in-process';
import { drillsOf, playScheduledDrill, SCHEDULED } from './scheduled-drill';

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: SCHEDULED });
  await portcullis.openVpc(DRILL_PLACE);
});
afterAll(() => portcullis.stop());

test('a day later the deployment has drilled itself: every step is in the log, and nothing is left', async () => {
  expect(await drillsOf(portcullis)).toEqual([]);
  const { steps, ended } = await playScheduledDrill(portcullis);
  expect(ended).toEqual(['SUCCEEDED']);
  expect(steps.map(({ step, status }) => `${step}: ${status}`)).toEqual([
    'security group: ok',
    'numbers: ok',
    'lists of maps: ok',
    'repeated token: ok',
    'unknown rule, default: ok',
    'unknown rule: ok',
    'open: ok',
    'finding: ok',
    'user-defined fields: ok',
    'close: ok',
    'undo: ok',
    'close again: ok',
    'fields of others: ok',
    'certificates: ok',
    'clean: ok',
  ]);
  expect(steps.find(({ step }) => step === 'close')?.found).toMatch(/by arn:aws:sts::.*Portcullis-Driller/);
  expect(steps.every(({ account, region }) => account === DRILL_PLACE.account && region === 'us-east-1')).toBe(true);
  expect(await leftOvers(portcullis)).toEqual([]);
});

test('a process that is lost after it changed something, before it could say so, costs the drill nothing', async () => {
  for (const operation of ['make', 'open', 'importFinding', 'setFields', 'ask', 'remove']) {
    const order = { functionName: 'Portcullis-Driller', operation, action: 'SUCCEED', moment: 'before-checkpoint' };
    await portcullis.kill(order);
  }
  const { ended, end } = await playScheduledDrill(portcullis);
  expect((await portcullis.kill({})).armed).toEqual([]);
  expect(end).toMatch(/The drill showed what it is for/);
  expect(ended).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(await leftOvers(portcullis)).toEqual([]);
});

test('who may invoke the driller has no other account drilled: its role leads into those that are named, and no further', async () => {
  const resources = ['arn:aws:lambda:eu-central-1:111111111111:function:Portcullis-Driller:live'];
  const invoker = await portcullis.somebody(portcullis.hub, { actions: ['lambda:InvokeFunction'], resources });
  const lambda = new LambdaClient(invoker.settings);
  const input = { account: '333333333333', region: 'us-east-1' };
  await lambda.send(
    new InvokeCommand({
      FunctionName: resources[0] ?? '',
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(input)),
    }),
  );
  await portcullis.settle();
  lambda.destroy();
  expect((await drillsOf(portcullis)).map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'FAILED']);
});

test('a drill that does not show what it should has failed, which is what the alarm counts, and leaves nothing', async () => {
  const services = createServices({ ssm: { integers: 'text' } });
  const broken = await deploy({ clockMode: 'skipping', configurationFile: SCHEDULED, services });
  try {
    await broken.openVpc(DRILL_PLACE);
    const { steps, ended, end } = await playScheduledDrill(broken);
    expect(ended).toEqual(['FAILED']);
    expect(end).toMatch(/The drill failed.*drill-[0-9a-f]{12}.*numbers.*lists of maps.*close/);
    expect(steps.find(({ step }) => step === 'numbers')).toMatchObject({
      status: 'failed',
      fix: expect.stringMatching(/no runbook of this deployment works here/) as string,
    });
    expect(steps.at(-1)).toMatchObject({ step: 'clean', status: 'ok' });
    expect(await leftOvers(broken)).toEqual([]);
  } finally {
    await broken.stop();
  }
});
