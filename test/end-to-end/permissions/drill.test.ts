import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { deploy } from '../deployed-portcullis';
import { drillInProcess, DRILL_PLACE, leftOvers } from '../drill/drill-in-process';
import { withShortPauses } from '../edited-settings';
import { grantsOf } from './granted-actions';
import { testGrants } from './test-grants';

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

testGrants<unknown>('with what its template grants, a drill shows everything and leaves nothing', {
  grants: grantsOf('Portcullis-Drill'),
  play: playDrill,
  asGranted: { notOk: [], cleaned: 'ok', left: [] },
});
