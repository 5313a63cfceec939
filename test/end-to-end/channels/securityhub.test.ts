import { DeleteConnectorV2Command, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { memberOf, textOf } from '../../../src/core/read-member';
import { runAsOperator } from '../../cli/operator-cli';
import { createFaces } from '../security-hub-v2/faces';
import { ANYWHERE, tcp, type Group } from '../deployed-portcullis';
import { bodyOf, deployWithChannels, VIRGINIA, type WithChannels } from './outside';

const CONNECTOR = 'a1b2c3d4-5678-90ab-cdef-111111111111';

let portcullis: WithChannels;
beforeAll(async () => {
  portcullis = await deployWithChannels({ configurationFile: 'test/end-to-end/channels/securityhub.yaml' });
});
afterAll(() => portcullis.stop());

const tickets = async () => (await portcullis.outbox('securityhub')).map(bodyOf);

async function asked(): Promise<{ readonly group: Group; readonly id: string }> {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  return { group, id };
}

test('what waits for an answer has one ticket of its finding, however often it is notified, closed and opened again', async () => {
  const { group, id } = await asked();
  const uid = textOf(memberOf(memberOf(await createFaces(portcullis).rawOf(id), 'metadata'), 'uid'));
  const [ticket, ...others] = await tickets();
  expect([ticket, others]).toEqual([expect.objectContaining({ connectorId: CONNECTOR, findingUid: uid }), []]);
  await portcullis.choose('Close ingress', id);
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toEqual([]);
  await portcullis.choose('Undo closing', id);
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
  expect(await tickets()).toHaveLength(1);
  expect(await portcullis.deadLettersOf('securityhub')).toEqual([]);
});

test('a test is a ticket of a finding that AWS makes up, and doctor names the connector', async () => {
  const before = (await tickets()).length;
  const tested = await runAsOperator(portcullis, ['notify', 'test', 'securityhub']);
  expect(tested).toMatchObject({ exitCode: 0, stderr: '' });
  await portcullis.settle();
  expect((await tickets()).slice(before)).toMatchObject([{ findingUid: 'TEST_FINDING', isTest: true }]);
  const looked = await runAsOperator(portcullis, ['doctor', '--json']);
  const checks = looked.stdout.split('\n').filter((line) => line.includes('Security Hub connector'));
  expect(checks.map((line) => JSON.parse(line) as object)).toMatchObject([
    { status: 'ok', found: `made-up-${CONNECTOR} (${CONNECTOR}): CONNECTED` },
  ]);
});

test('a connector that is gone: the event waits in the dead letters, and the attribute says why', async () => {
  const { account, region } = portcullis.hub;
  const credentials = { accessKeyId: account, secretAccessKey: 'any' };
  const hub = new SecurityHubClient({ endpoint: portcullis.endpoint, region, credentials });
  await hub.send(new DeleteConnectorV2Command({ ConnectorId: CONNECTOR }));
  hub.destroy();
  const { group } = await asked();
  const [letter, ...others] = await portcullis.deadLettersOf('securityhub');
  expect(others).toEqual([]);
  expect(letter?.body).toContain(group.id);
  expect(JSON.stringify(letter?.attributes)).toContain(`Connector ${CONNECTOR} does not exist`);
});
