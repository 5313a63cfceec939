import { randomUUID } from 'node:crypto';
import { AuthorizeSecurityGroupIngressCommand, CreateManagedPrefixListCommand } from '@aws-sdk/client-ec2';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { createLedgerSweeps } from '../../../src/aws/ledger/ledger-sweeps';
import { toSweepId } from '../../../src/core/sweeping/sweep';
import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp } from '../deployed-portcullis';
import { withNothingAutomatic, withShortPauses } from '../edited-settings';
import { grantsOf } from './granted-actions';
import { testGrants } from './test-grants';

// What a scan adds: a function in the hub, and a role in members that reads and imports findings.

const ROLES = ['Portcullis-Sweeper', 'Portcullis-Detection'];
const virginia = { account: MEMBER, region: 'us-east-1' };

const AS_GRANTED = {
  answer: 200,
  violating: ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.18'],
  unreadable: ['denied', 'no role', 'no role', 'not enabled'],
  imported: 4,
  logged: true,
  deadLetters: 1,
  notified: 1,
};

/** A group is open, and another one by a prefix list; a scan looks for both. */
async function playScan(edit?: EditTemplate): Promise<unknown> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    services: createServices({ lambda: { processesPerFunction: 1, operationsPerPage: 2 } }),
    edit(template, file) {
      withShortPauses(template, file);
      withNothingAutomatic(template, file);
      edit?.(template, file);
    },
  });
  try {
    await portcullis.subscribe();
    // In one Region of another account nothing can be read, and in its other one not everything.
    await portcullis.enableRegion(OTHER_MEMBER, 'us-east-1', false);
    const refused = { service: 'ec2', operation: 'DescribeNetworkAcls', account: OTHER_MEMBER } as const;
    await portcullis.misbehave({ kind: 'deny', ...refused });
    const ec2 = portcullis.clients.ec2(virginia);
    await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: 'everybody',
        AddressFamily: 'IPv4',
        MaxEntries: 1,
        Entries: [{ Cidr: ANYWHERE }],
      }),
    );
    const group = await portcullis.openGroup(virginia, []);
    const PrefixListIds = [{ PrefixListId: PrefixList?.PrefixListId }];
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group.id,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, PrefixListIds }],
      }),
    );
    const askId = randomUUID();
    const controls = ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.21'];
    const asked = await portcullis.commands.ask({ command: 'scan', askId, controls, imports: true });
    await portcullis.settle();
    // Nobody of ours starts it so: what Lambda cannot have worked on it keeps for somebody to look at.
    await portcullis.clients.lambda.send(
      new InvokeCommand({
        FunctionName: 'Portcullis-Sweeper:live',
        InvocationType: 'Event',
        Payload: Buffer.from('{}'),
      }),
    );
    await portcullis.settle();
    const deadLetters = (await portcullis.messages()).filter(({ queue }) => queue.endsWith('DeadLetters'));
    const sweeps = createLedgerSweeps(
      portcullis.clients.dynamoDb,
      'Portcullis-Ledger',
      () => new Date(portcullis.clock.now()),
    );
    const sweep = await sweeps.fetchSweep(toSweepId(askId));
    const places = await sweeps.fetchPlaces(toSweepId(askId));
    const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Sweeper' });
    return {
      answer: asked.ok ? asked.value.status : asked.error.cause,
      violating: places.ok
        ? places.value.flatMap(({ targets }) => targets.flatMap((each) => each.controls)).sort()
        : [],
      unreadable: sweep.ok ? sweep.value?.unreadable.map(({ reason }) => whyUnread(reason)).sort() : undefined,
      imported: sweep.ok ? sweep.value?.totals.imported : undefined,
      logged: lines.length > 0,
      deadLetters: deadLetters.length,
      notified: (await portcullis.domainEvents()).length,
    };
  } finally {
    await portcullis.stop();
  }
}

function whyUnread(reason: string): string {
  if (reason.includes('is older than the hub')) return 'older';
  if (reason.includes('is not enabled in account')) return 'not enabled';
  return reason.includes('cannot be assumed') ? 'no role' : 'denied';
}

testGrants<unknown>('with what the templates grant, a scan finds everything but what has no role', {
  grants: ROLES.flatMap((role) => grantsOf(role)),
  play: playScan,
  asGranted: AS_GRANTED,
});

const BY_SCHEDULE = 'test/end-to-end/detection/sweep.yaml';

/** A day passes. */
async function playDay(edit?: EditTemplate): Promise<unknown> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: BY_SCHEDULE,
    services: createServices({ lambda: { processesPerFunction: 1 } }),
    edit(template, file) {
      withShortPauses(template, file);
      edit?.(template, file);
    },
  });
  try {
    await portcullis.subscribe();
    await portcullis.clock.advance(86_400_000);
    await portcullis.settle();
    return (await portcullis.domainEvents()).map((event) => event['detail-type']);
  } finally {
    await portcullis.stop();
  }
}

testGrants<unknown>('with what the templates grant, everything is read when it is time', {
  grants: [
    ...grantsOf('Portcullis-Dispatcher', BY_SCHEDULE).filter(({ sid }) => sid === 'StartSweeper'),
    ...grantsOf('Portcullis-Scheduler', BY_SCHEDULE),
  ],
  play: playDay,
  asGranted: ['Sweep Finished'],
});
