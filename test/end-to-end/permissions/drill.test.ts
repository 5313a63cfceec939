import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { deploy } from '../deployed-portcullis';
import { drillInProcess, DRILL_PLACE, leftOvers } from '../drill/drill-in-process';
import { withShortPauses } from '../edited-settings';
import { grantsOf, without } from './granted-actions';

/** A drill of a network ACL makes, opens, runs and removes all that any drill does. */
async function playDrill(edit?: EditTemplate): Promise<unknown> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    services: createServices({ lambda: { processesPerFunction: 1 } }),
    edit(template, file) {
      withShortPauses(template, file);
      edit?.(template, file);
    },
  });
  try {
    await portcullis.openVpc(DRILL_PLACE);
    const drill = await drillInProcess(portcullis, { control: 'EC2.21' });
    await drill.play();
    const notOk = drill.steps.filter(({ status }) => status !== 'ok').map(({ step }) => step);
    const cleaned = await drill.clean('own').catch((error: unknown) => String(error));
    return { notOk, cleaned, left: cleaned === 'ok' ? await leftOvers(portcullis) : [] };
  } finally {
    await portcullis.stop();
  }
}

const AS_GRANTED = { notOk: [], cleaned: 'ok', left: [] };

test('with what its template grants, a drill shows everything and leaves nothing', async () => {
  expect(await playDrill()).toEqual(AS_GRANTED);
});

test.each(grantsOf('Portcullis-Drill'))('$role cannot do without $action ($sid)', async (grant) => {
  expect(await playDrill(without(grant))).not.toEqual(AS_GRANTED);
});
