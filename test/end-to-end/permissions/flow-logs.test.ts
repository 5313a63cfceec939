import type { Context } from '../../../src/core/context/context';
import type { EditTemplate } from '../assembly';
import { deployWithFlowLogs } from '../flow-logs/deploy-with-flow-logs';
import { grantsOf, without } from './granted-actions';

const CONFIGURATION = 'test/end-to-end/flow-logs/flow-logs.yaml';

/** What a preview knows of SSH that nobody used for two days. */
async function contextOf(edit?: EditTemplate): Promise<Context | undefined> {
  const { portcullis, traffic, stop } = await deployWithFlowLogs('flow-logs.yaml', edit);
  try {
    const group = await traffic.openFor(48);
    await portcullis.choose('Preview closing', await portcullis.importFinding(group, 'EC2.13'));
    await portcullis.settle();
    return (await portcullis.recordsOn(group.id))[0]?.context;
  } finally {
    await stop();
  }
}

const unknownOf = (context: Context | undefined) =>
  Object.entries(context ?? {}).flatMap(([name, { known }]) => (known ? [] : name));

test('with what the template grants, everything is known', async () => {
  const context = await contextOf();
  expect(context?.used).toMatchObject({ value: { answer: 'none-seen' } });
  expect(unknownOf(context)).toEqual([]);
});

const grants = grantsOf('Portcullis-Member', CONFIGURATION).filter(({ sid }) => /FlowLogs$/.test(sid));

test.each(grants)('without $action use is unknown, with the permission, and nothing else is', async (grant) => {
  const context = await contextOf(without(grant));
  expect(unknownOf(context)).toEqual(['used']);
  expect(context?.used).toMatchObject({ reason: expect.stringContaining(grant.action) as string });
});
