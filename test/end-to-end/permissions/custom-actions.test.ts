import { DescribeActionTargetsCommand } from '@aws-sdk/client-securityhub';
import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { askAsCloudFormation, type Asked } from '../custom-actions/ask-as-cloudformation';
import { configurationFor } from '../custom-actions/configuration-for';
import { deploy, HUB, type Deployed } from '../deployed-portcullis';
import { withRoleKnownAtOnce } from '../edited-settings';
import { grantsOf, rolesOf } from './granted-actions';
import { testGrants } from './test-grants';

// A hub in a Region where CloudFormation has no type for custom actions: a function with a role of its own makes them.

const REGION = 'eu-west-1';
const ROLE = 'Portcullis-CustomActions';
const configurationFile = configurationFor(REGION);

const arn = `arn:aws:securityhub:${REGION}:${HUB}:action/custom/Asked`;
const properties = (Description: string) => ({ Id: 'Asked', Name: 'Asked for', Description });

const AS_GRANTED = [
  'deployed',
  'Create, its first answer lost: SUCCESS, Shows (stack Portcullis-Hub)',
  'Update: SUCCESS, Shows more (stack Portcullis-Hub)',
  'Delete: SUCCESS, nothing',
  'logged',
];

/** The life of a custom action, as people see it. */
async function playLife(edit?: EditTemplate): Promise<readonly string[]> {
  let portcullis: Deployed;
  try {
    portcullis = await deploy({
      clockMode: 'skipping',
      configurationFile,
      services: createServices({ lambda: { processesPerFunction: 1 } }),
      edit(template, file) {
        withRoleKnownAtOnce(template, file);
        edit?.(template, file);
      },
    });
  } catch (error) {
    return [`not deployed: ${error instanceof Error ? error.message : String(error)}`];
  }
  try {
    return ['deployed', ...(await lifeOf(portcullis))];
  } finally {
    await portcullis.stop();
  }
}

async function lifeOf(portcullis: Deployed): Promise<readonly string[]> {
  const ask = async (asked: Asked) => {
    const { Status } = await askAsCloudFormation(portcullis, asked);
    const { ActionTargets = [] } = await portcullis.clients
      .securityHub(portcullis.hub)
      .send(new DescribeActionTargetsCommand({}));
    const made = ActionTargets.find(({ ActionTargetArn }) => ActionTargetArn === arn);
    return `${Status}, ${made?.Description ?? 'nothing'}`;
  };
  const [first, second] = [properties('Shows'), properties('Shows more')];
  await portcullis.misbehave({
    kind: 'lost-response',
    service: 'securityhub',
    operation: 'CreateActionTarget',
    times: 1,
  });
  const created = await ask({ RequestType: 'Create', ResourceProperties: first });
  const known = { PhysicalResourceId: arn };
  const updated = await ask({
    RequestType: 'Update',
    ...known,
    ResourceProperties: second,
    OldResourceProperties: first,
  });
  const deleted = await ask({ RequestType: 'Delete', ...known, ResourceProperties: second });
  const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: ROLE });
  return [
    `Create, its first answer lost: ${created}`,
    `Update: ${updated}`,
    `Delete: ${deleted}`,
    lines.length > 0 ? 'logged' : 'nothing logged',
  ];
}

testGrants('with what the template grants, a custom action is made, changed and removed', {
  grants: grantsOf(ROLE, configurationFile),
  play: playLife,
  asGranted: AS_GRANTED,
});

test('the hub has one role more than where CloudFormation makes the custom actions', () => {
  const others = rolesOf();
  expect(rolesOf(configurationFile).filter((role) => !others.includes(role))).toEqual([ROLE]);
});
