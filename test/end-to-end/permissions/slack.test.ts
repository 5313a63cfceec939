import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { ANYWHERE, tcp } from '../deployed-portcullis';
import { deployWithSlack, IN_GROUP, VIRGINIA } from '../slack/in-slack';
import { grantsOf } from './granted-actions';
import { testGrants } from './test-grants';

const configurationFile = 'test/end-to-end/slack/slack.yaml';

interface Endings {
  readonly status: number;
  readonly shown: boolean;
  /** Whether it begins at once, and not by the schedule of a minute later. */
  readonly soon: boolean;
  readonly ended: string;
  /** Undo, of what was closed. */
  readonly undoAsked: boolean;
  readonly logged: boolean;
}

const AS_GRANTED: Endings = { status: 200, shown: true, soon: true, ended: 'RESOLVED', undoAsked: true, logged: true };

/** Somebody of a group that may answer has a group closed. */
async function playClick(edit?: EditTemplate): Promise<Endings> {
  const portcullis = await deployWithSlack({
    services: createServices({ lambda: { processesPerFunction: 1 } }),
    ...(edit && { edit }),
  });
  try {
    const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    const message = await portcullis.messageAbout(group.id);
    const clickedMillis = portcullis.clock.now();
    const { status } = await portcullis.click({ user: IN_GROUP, button: 'Close now', message });
    const shown = (await portcullis.textOf(group.id)).includes('decided to have it closed');
    await portcullis.settle();
    const notified = (await portcullis.outbox()).at(-1)?.at ?? '';
    const { Workflow } = await portcullis.findingOf(id);
    const closed = await portcullis.messageAbout(group.id);
    const undo = { action_id: 'portcullis_undo', value: (await portcullis.questionIdOf(id)).replace('qst-', 'rem-') };
    await portcullis.click({ user: IN_GROUP, button: undo, message: closed });
    const undoAsked = (await portcullis.textOf(group.id)).includes('Undo asked for');
    const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Slack' });
    return {
      status,
      shown,
      soon: Date.parse(notified) - clickedMillis < 60_000,
      ended: Workflow?.Status ?? '',
      undoAsked,
      logged: lines.length > 0,
    };
  } finally {
    await portcullis.stop();
  }
}

testGrants('with what the template grants, a click closes at once', {
  grants: grantsOf('Portcullis-Slack', configurationFile),
  play: playClick,
  asGranted: AS_GRANTED,
});
