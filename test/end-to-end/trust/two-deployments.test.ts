import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { runAsOperator } from '../../cli/operator-cli';
import { remediationsOf } from './ledger-of-target';
import { verifyChain } from './verify-chain';

const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', beside: ['test/end-to-end/trust/gate.yaml'] });
});
afterAll(() => portcullis.stop());

const isOpen = async (group: Group) =>
  (await portcullis.ingressOf(group)).some(
    ({ CidrIpv4, FromPort = 0, ToPort = 0 }) => CidrIpv4 === ANYWHERE && FromPort <= 22 && 22 <= ToPort,
  );

async function recordsOf(prefix: string, findingId: string) {
  const id = (await portcullis.findingOf(findingId)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';
  const shown = await runAsOperator(portcullis, ['show', id, '--json', '--prefix', prefix]);
  return { id, exitCode: shown.exitCode };
}

describe('of two deployments in one hub', () => {
  test('both get their requests done at the same moment, for one target at one generation, and none is RESOLVED over an open port', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const ours = await portcullis.importFinding(group, 'EC2.13');
    const theirs = await portcullis.importFinding(group, 'EC2.19');
    await Promise.all([portcullis.choose('PortcullisClose', ours), portcullis.choose('GateClose', theirs)]);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(false);
    for (const id of [ours, theirs]) expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
    // Whose id a finding names hangs on who was last: each read-back updates all findings that it resolves.
    const [first = '', ...more] = await remediationsOf(portcullis, group);
    const [second = '', ...others] = await remediationsOf(portcullis, group, 'Gate');
    expect([more, others, first === second]).toEqual([[], [], false]);
    expect(await verifyChain(portcullis, first)).toEqual({ exitCode: 0, stderr: '' });
    expect(await verifyChain(portcullis, second, '--prefix', 'Gate')).toEqual({ exitCode: 0, stderr: '' });
  });

  test('one undoes what it closed, though the other has the same generation of the target', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.choose('GateClose', id);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(false);
    await portcullis.choose('PortcullisPreview', id);
    await portcullis.choose('GateUndo', id);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
    expect((await portcullis.findingOf(id)).Workflow?.Status).not.toBe('RESOLVED');
  });

  test('a finding that one found closed already is NEW again when the other undoes its closing', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const theirs = await portcullis.importFinding(group, 'EC2.19');
    await portcullis.choose('GateClose', theirs);
    await portcullis.settle();
    const ours = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.choose('PortcullisClose', ours);
    await portcullis.settle();
    expect((await portcullis.findingOf(ours)).Workflow?.Status).toBe('RESOLVED');
    await portcullis.choose('GateUndo', theirs);
    await portcullis.settle();
    expect(await isOpen(group)).toBe(true);
    for (const id of [ours, theirs]) expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('NEW');
  });

  test('each is asked by its own commands, which the prefix finds', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    const closed = await runAsOperator(portcullis, ['remediate', id, '--prefix', 'Gate']);
    expect(closed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await recordsOf('Gate', id)).toMatchObject({ exitCode: 0 });
    expect(await recordsOf('Portcullis', id)).toMatchObject({ exitCode: 2 });
  });
});
