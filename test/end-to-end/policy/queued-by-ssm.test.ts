import { createServices } from '../../../sandbox/create-services';
import { ANYWHERE, deploy, MEMBER, tcp } from '../deployed-portcullis';

const VIRGINIA = { account: MEMBER, region: 'us-east-1' };
const TARGETS = 4;

/** SSM runs 100 at once, and others may fill it: one, for three minutes, has the last of four wait for nine. */
const FULL = { runningAtOnce: 1, stepMillis: 180_000 };

test('runs that SSM lets wait behind others are waited for: every target is closed once, and nothing is called open', async () => {
  const portcullis = await deploy({ clockMode: 'skipping', services: createServices({ ssm: FULL }) });
  try {
    const groups = [];
    for (let each = 0; each < TARGETS; each++)
      groups.push(await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]));
    const ids = [];
    for (const group of groups) ids.push(await portcullis.importFinding(group, 'EC2.13'));
    for (const id of ids) await portcullis.press(id);
    await portcullis.settle();
    const found = await Promise.all(ids.map((id) => portcullis.findingOf(id)));
    expect(found.map(({ Workflow }) => Workflow?.Status)).toEqual(ids.map(() => 'RESOLVED'));
    expect(await portcullis.executions()).toHaveLength(TARGETS);
  } finally {
    await portcullis.stop();
  }
});
