import type { Context } from '../../../src/core/context/context';
import { deploy } from '../deployed-portcullis';
import type { EditTemplate } from '../assembly';
import { FRANKFURT } from '../flow-logs/deploy-with-flow-logs';
import { trafficInS3 } from '../flow-logs/traffic-in-s3';
import { grantsOf, without } from './granted-actions';

const CONFIGURATION = 'test/end-to-end/flow-logs/athena.yaml';

/** What is known of SSH that nobody used for two days, as flow logs in S3 show. */
async function decidedOn(
  edit?: EditTemplate,
): Promise<{ outcome: string | undefined; used: Context['used'] | undefined }> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: CONFIGURATION,
    ...(edit ? { edit } : {}),
  });
  const traffic = trafficInS3(portcullis, FRANKFURT);
  try {
    await traffic.prepare(1_000_000_000);
    const group = await traffic.openFor(48, [{ status: 'NODATA' }, { status: 'NODATA' }]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    const { outcome, context } = await portcullis.recordOf(id);
    return { outcome, used: context?.used };
  } finally {
    traffic.stop();
    await portcullis.stop();
  }
}

test('with what the template grants, what nobody used is closed', async () => {
  expect(await decidedOn()).toMatchObject({ outcome: 'closed', used: { value: { answer: 'none-seen' } } });
});

// What the member role calls itself is tried beside flow-logs/athena.test.ts; what Athena does with it is here.
const grants = grantsOf('Portcullis-Member', CONFIGURATION).filter(({ sid }) =>
  /(FlowLogs(InS3)?|OfAthena)$/.test(sid),
);

test('these are all that it takes', () => {
  expect([...new Set(grants.map(({ action }) => action.split(':')[0]))].sort()).toEqual([
    'athena',
    'ec2',
    'glue',
    's3',
  ]);
});

test.each(grants.filter(({ action }) => !action.startsWith('athena:')))(
  'without $action ($sid) use is unknown, with the permission, and a person is asked',
  async (grant) => {
    const { outcome, used } = await decidedOn(without(grant));
    expect(outcome).toBe('asked');
    expect(used).toMatchObject({ known: false, reason: expect.stringContaining(grant.action) as string });
  },
);
