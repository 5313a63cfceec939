import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { ANYWHERE, deploy, MEMBER, tcp } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';
import { grantsOf, without } from './granted-actions';

// What it takes to look again at what was closed: by its own schedule, and by a sweep.

const virginia = { account: MEMBER, region: 'us-east-1' };
const ssh = [tcp(22, 22, ANYWHERE)];
const BY_WATCH = { configurationFile: 'test/end-to-end/detection/watch.yaml', afterMillis: 3_600_000 };
const BY_SWEEP = { configurationFile: 'test/end-to-end/detection/sweep.yaml', afterMillis: 86_400_000 };

/**
 * A group is closed by itself, opened again by hand, and looked at some time later; who opened it, as the bus shows.
 */
async function playReopened({ configurationFile, afterMillis }: typeof BY_WATCH, edit?: EditTemplate) {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile,
    services: createServices({ lambda: { processesPerFunction: 1 } }),
    edit(template, file) {
      withShortPauses(template, file);
      edit?.(template, file);
    },
  });
  try {
    await portcullis.subscribe();
    const group = await portcullis.openGroup(virginia, ssh);
    await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    await portcullis.clock.advance(60_000);
    const open = new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: ssh });
    await portcullis.clients.ec2(virginia).send(open);
    await portcullis.clock.advance(afterMillis);
    await portcullis.settle();
    const events = await portcullis.domainEventsAbout(group);
    const [reopened] = events.filter((event) => event['detail-type'] === 'Ingress Reopened');
    return reopened?.detail['reopenedBy'];
  } finally {
    await portcullis.stop();
  }
}

const AS_GRANTED = `arn:aws:iam::${MEMBER}:root`;

test.each([BY_WATCH, BY_SWEEP])(
  'with what the templates grant, it is known who opened it ($configurationFile)',
  async (by) => {
    expect(await playReopened(by)).toBe(AS_GRANTED);
  },
);

const GRANTS = [
  ...grantsOf('Portcullis-Scheduler', BY_WATCH.configurationFile)
    .filter(({ sid }) => sid === 'SendRechecks')
    .map((grant) => ({ ...grant, by: BY_WATCH })),
  ...grantsOf('Portcullis-Detection', BY_WATCH.configurationFile)
    .filter(({ sid }) => sid === 'LookUpWhoOpened')
    .map((grant) => ({ ...grant, by: BY_WATCH })),
  ...grantsOf('Portcullis-Sweeper', BY_SWEEP.configurationFile)
    .filter(({ sid }) => sid === 'RequestRechecks')
    .map((grant) => ({ ...grant, by: BY_SWEEP })),
];

test('four grants are for this alone', () => {
  expect(GRANTS.map(({ action }) => action).sort()).toEqual([
    'cloudtrail:LookupEvents',
    'sqs:GetQueueUrl',
    'sqs:SendMessage',
    'sqs:SendMessage',
  ]);
});

test.each(GRANTS)('$role cannot do without $action ($sid)', async ({ by, ...grant }) => {
  expect(await playReopened(by, without(grant))).not.toBe(AS_GRANTED);
});
