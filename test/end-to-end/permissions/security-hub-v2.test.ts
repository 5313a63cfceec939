import { randomUUID } from 'node:crypto';
import type { EditTemplate } from '../assembly';
import { ANYWHERE, deploy, MEMBER, tcp } from '../deployed-portcullis';
import { createFaces } from '../security-hub-v2/faces';
import { grantsOf, without } from './granted-actions';

const CONFIGURATION = 'test/end-to-end/security-hub-v2/v2.yaml';
const PLACE = { account: MEMBER, region: 'us-east-1' };

/** What became of a finding that is automatic, of a click that is answered with a note, and of a command. */
async function play(edit?: EditTemplate) {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: CONFIGURATION,
    ...(edit ? { edit } : {}),
  });
  try {
    const faces = createFaces(portcullis);
    const open = async (port: number, control: string) =>
      portcullis.importFinding(await portcullis.openGroup(PLACE, [tcp(port, port, ANYWHERE)]), control);
    const automatic = await open(3389, 'EC2.14');
    const clicked = await open(8080, 'EC2.18');
    const commanded = await open(22, 'EC2.13');
    await portcullis.press(clicked);
    const reply = await portcullis.commands.ask({
      command: 'remediate',
      findingIds: [commanded],
      askId: randomUUID(),
    });
    return {
      automatic: (await faces.seen(automatic)).v2,
      clicked: (await faces.faceOf(clicked)).comment.includes('securityHub: both'),
      commanded: (await faces.seen(commanded)).v2,
      reply: reply.ok ? reply.value.status : reply.error.code,
    };
  } finally {
    await portcullis.stop();
  }
}

const CLOSED = { workflow: 'RESOLVED', outcome: 'closed' };
const AS_GRANTED = { automatic: CLOSED, clicked: true, commanded: CLOSED, reply: 200 };

test('with what the templates grant, findings of V2 are closed, answered and commanded', async () => {
  expect(await play()).toEqual(AS_GRANTED);
});

const grants = ['Portcullis-Orchestrator', 'Portcullis-Dispatcher', 'Portcullis-Commands'].flatMap((role) =>
  grantsOf(role, CONFIGURATION).filter(({ action }) => action.startsWith('securityhub:')),
);

test.each(grants)('$role cannot do without $action', async (grant) => {
  expect(await play(without(grant))).not.toEqual(AS_GRANTED);
});

interface Policy {
  readonly PolicyDocument: { readonly Statement: { readonly Sid?: string }[] };
}

/** Lays on the orchestrator what only the dispatcher is denied. */
const denyOrchestrator: EditTemplate = ({ Resources }) => {
  const policies = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
    .map(([id, { Properties }]) => ({ id, statements: (Properties as unknown as Policy).PolicyDocument.Statement }));
  const denial = policies
    .flatMap(({ statements }) => statements)
    .find(({ Sid }) => Sid === 'NeverSetTheseStatusesInV2');
  if (denial === undefined) return;
  policies.find(({ id }) => id.startsWith('Orchestrator'))?.statements.push(denial);
};

test('whoever is denied the statuses that only a read-back may set cannot set them in V2', async () => {
  const { automatic } = await play(denyOrchestrator);
  expect(automatic).toEqual({ workflow: 'NEW', outcome: undefined });
});
