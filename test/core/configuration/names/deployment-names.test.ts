import { toDeploymentNames } from '../../../../src/core/configuration/names/deployment-names';

const LONGEST = 'Abcdefghijkl';

test('the default prefix gives the names that people and scripts rely on', () => {
  const names = toDeploymentNames('Portcullis');
  expect(names.roles).toMatchObject({ member: 'Portcullis-Member', runbook: 'Portcullis-Runbook' });
  expect(names.customActions).toEqual({
    close: { name: 'Close ingress', id: 'PortcullisClose' },
    preview: { name: 'Preview closing', id: 'PortcullisPreview' },
    undo: { name: 'Undo closing', id: 'PortcullisUndo' },
    accept: { name: 'Accept risk', id: 'PortcullisAccept' },
  });
  // docs/deploy.md has the others, and is held to what is created.
  expect(names.documents.RevokeSecurityGroupIngress).toBe('Portcullis-CloseSecurityGroupIngress');
  expect(names.bus).toBe('portcullis');
});

test('the longest prefix leaves every name within the limits of its service', () => {
  const names = toDeploymentNames(LONGEST);
  for (const name of Object.values(names.roles)) expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
  for (const name of Object.values(names.functions)) expect(name).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  for (const name of Object.values(names.queues)) expect(name).toMatch(/^[a-zA-Z0-9-_]{1,80}$/);
  for (const name of Object.values(names.documents)) expect(name).toMatch(/^[a-zA-Z0-9_.-]{3,128}$/);
  for (const { name, id } of Object.values(names.customActions)) {
    expect(id).toMatch(/^[a-zA-Z0-9]{1,20}$/);
    expect(name.length).toBeLessThanOrEqual(20);
  }
  // Actions that are still to come.
  for (const purpose of ['Accept', 'Isolate']) expect(`${LONGEST}${purpose}`).toMatch(/^[a-zA-Z0-9]{1,20}$/);
  expect(names.eventRule('Automatic-EC2-13')).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
  expect(names.stacks.rules('ap-southeast-7')).toMatch(/^[A-Za-z][A-Za-z0-9-]{0,127}$/);
});
