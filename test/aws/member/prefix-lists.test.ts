import { CreateManagedPrefixListCommand, EC2Client, ModifyManagedPrefixListCommand } from '@aws-sdk/client-ec2';
import { fetchPrefixLists } from '../../../src/aws/ec2/prefix-lists';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, linked, member, startSmallSandbox } from '../../sandbox/small-sandbox';

const CIDRS = Array.from({ length: 150 }, (_, i) => `10.0.${String(i)}.0/24`);

let sandbox: Sandbox;
let ec2: EC2Client;
let reader: EC2Client;
let id: string;

beforeEach(async () => {
  sandbox = await startSmallSandbox(createEc2());
  ec2 = new EC2Client(asAdministrator(sandbox, member, linked));
  reader = new EC2Client(asAdministrator(sandbox, member, linked));
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 200,
      Entries: CIDRS.slice(0, 100).map((Cidr) => ({ Cidr })),
    }),
  );
  id = PrefixList?.PrefixListId ?? '';
  const AddEntries = CIDRS.slice(100).map((Cidr) => ({ Cidr }));
  await ec2.send(new ModifyManagedPrefixListCommand({ PrefixListId: id, CurrentVersion: 1, AddEntries }));
});

afterEach(async () => {
  ec2.destroy();
  reader.destroy();
  await sandbox.stop();
});

test('a prefix list is read with its version', async () => {
  expect(await fetchPrefixLists(reader, new Set([id]))).toEqual({
    ok: true,
    value: { prefixLists: { [id]: CIDRS }, prefixListVersions: { [id]: 2 } },
  });
});

test.each(['DescribeManagedPrefixListsCommand', 'GetManagedPrefixListEntriesCommand'])(
  'all entries are of the version that is shown, though somebody changes the list after the first %s',
  async (command) => {
    let isChanged = false;
    reader.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          if (commandName === command && !isChanged) {
            isChanged = true;
            const RemoveEntries = CIDRS.slice(90).map((Cidr) => ({ Cidr }));
            await ec2.send(new ModifyManagedPrefixListCommand({ PrefixListId: id, CurrentVersion: 2, RemoveEntries }));
          }
          return answer;
        },
      { step: 'initialize' },
    );
    expect(await fetchPrefixLists(reader, new Set([id]))).toEqual({
      ok: true,
      value: { prefixLists: { [id]: CIDRS }, prefixListVersions: { [id]: 2 } },
    });
    expect(isChanged).toBe(true);
  },
);

test.each(['DescribeManagedPrefixLists', 'GetManagedPrefixListEntries'])(
  'a list whose %s is denied is left out, and the others are read',
  async (operation) => {
    sandbox.world.faults.add({ kind: 'deny', service: 'ec2', operation, times: 1 });
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({ PrefixListName: 'other', AddressFamily: 'IPv4', MaxEntries: 1 }),
    );
    const other = PrefixList?.PrefixListId ?? '';
    expect(await fetchPrefixLists(reader, new Set([id, other]))).toEqual({
      ok: true,
      value: { prefixLists: { [other]: [] }, prefixListVersions: { [other]: 1 } },
    });
  },
);

test('a list that cannot be read at the moment is no list that is left out', async () => {
  sandbox.world.faults.add({ kind: 'throttle', service: 'ec2', operation: 'DescribeManagedPrefixLists' });
  expect(await fetchPrefixLists(reader, new Set([id]))).toMatchObject({
    ok: false,
    error: { code: 'throttled', retryable: true },
  });
});
