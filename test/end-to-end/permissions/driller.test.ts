import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { deploy } from '../deployed-portcullis';
import { DRILL_PLACE, leftOvers } from '../drill/drill-in-process';
import { playScheduledDrill, SCHEDULED } from '../drill/scheduled-drill';
import { withShortPauses } from '../edited-settings';
import { grantsOf } from './granted-actions';
import { testGrants } from './test-grants';

// What `drill.schedule` adds: a function in the hub that drills, and a role that starts it.

const ROLES = ['Portcullis-Driller', 'Portcullis-DrillStarter'];

const AS_GRANTED = { ended: ['SUCCEEDED'], notOk: [], logged: true, left: [] };

async function playDrill(edit?: EditTemplate): Promise<unknown> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: SCHEDULED,
    services: createServices({ lambda: { processesPerFunction: 1, operationsPerPage: 50 } }),
    edit(template, file) {
      withShortPauses(template, file);
      edit?.(template, file);
    },
  });
  try {
    await portcullis.openVpc(DRILL_PLACE);
    const { steps, ended, end } = await playScheduledDrill(portcullis);
    const notOk = steps.filter(({ status }) => status !== 'ok').map(({ step }) => step);
    return { ended, notOk, logged: end !== '', left: await leftOvers(portcullis) };
  } finally {
    await portcullis.stop();
  }
}

testGrants<unknown>('with what the templates grant, the drill that is due shows everything and leaves nothing', {
  grants: ROLES.flatMap((role) => grantsOf(role, SCHEDULED)),
  play: playDrill,
  asGranted: AS_GRANTED,
});
