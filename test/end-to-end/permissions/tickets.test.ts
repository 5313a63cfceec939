import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { deployWithChannels, VIRGINIA } from '../channels/outside';
import { ANYWHERE, tcp } from '../deployed-portcullis';
import { grantsOf, without } from './granted-actions';

const configurationFile = 'test/end-to-end/channels/securityhub.yaml';

/** How many tickets Security Hub V2 made of what is open. */
async function playTickets(edit?: EditTemplate): Promise<number> {
  const portcullis = await deployWithChannels({
    configurationFile,
    services: createServices({ lambda: { processesPerFunction: 1 } }),
    ...(edit && { edit }),
  });
  try {
    const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
    await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    return (await portcullis.outbox('securityhub')).length;
  } finally {
    await portcullis.stop();
  }
}

test('with what the templates grant, a ticket is made', async () => {
  expect(await playTickets()).toBe(1);
});

const ofTickets = grantsOf('Portcullis-Notifier', configurationFile).filter(({ sid }) =>
  ['ReadFindings', 'MakeTickets'].includes(sid),
);

test('reading findings and making tickets are two permissions', () => {
  expect(ofTickets.map(({ action }) => action)).toEqual(['securityhub:GetFindings', 'securityhub:CreateTicketV2']);
});

test.each(ofTickets)('no ticket is made without $action ($sid)', async (grant) => {
  expect(await playTickets(without(grant))).toBe(0);
});
