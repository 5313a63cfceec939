import { toDeploymentNames } from '../../../src/core/configuration/deployment-names';

const LONGEST = 'Abcdefghijkl';

test('the default prefix gives the names that people and scripts rely on', () => {
  const names = toDeploymentNames('Portcullis');
  expect(names.roles).toMatchObject({ member: 'Portcullis-Member', runbook: 'Portcullis-Runbook' });
  expect(names.closeAction).toEqual({ name: 'Close ingress', id: 'PortcullisClose' });
  expect(names.documents).toEqual({
    closeIngress: 'Portcullis-CloseSecurityGroupIngress',
    authorizeIngress: 'Portcullis-AuthorizeSecurityGroupIngress',
  });
  expect(names.bus).toBe('portcullis');
});

test('the longest prefix leaves every name within the limits of its service', () => {
  const names = toDeploymentNames(LONGEST);
  for (const name of Object.values(names.roles)) expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
  for (const name of Object.values(names.functions)) expect(name).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  for (const name of Object.values(names.queues)) expect(name).toMatch(/^[a-zA-Z0-9-_]{1,80}$/);
  for (const name of Object.values(names.documents)) expect(name).toMatch(/^[a-zA-Z0-9_.-]{3,128}$/);
  // Actions that are still to come have longer ids than this one.
  for (const purpose of ['Close', 'Preview', 'Accept', 'Undo', 'Isolate']) {
    expect(`${LONGEST}${purpose}`).toMatch(/^[a-zA-Z0-9]{1,20}$/);
  }
  expect(names.closeAction.name.length).toBeLessThanOrEqual(20);
  expect(names.eventRule('Automatic-EC2-13')).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
  expect(names.stacks.rules('ap-southeast-7')).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
});
