import { DescribeActionTargetsCommand } from '@aws-sdk/client-securityhub';
import { readTemplates, synthesizeOnce } from '../assembly';
import { ANYWHERE, deploy, MEMBER, tcp } from '../deployed-portcullis';
import { configurationFor } from './configuration-for';

describe.each([
  { way: "CloudFormation's own type", hubRegion: 'eu-central-1', ownType: 5, custom: 0 },
  { way: 'a function of ours', hubRegion: 'eu-west-1', ownType: 0, custom: 5 },
])('with the hub in $hubRegion, custom actions are made by $way', ({ hubRegion, ownType, custom }) => {
  const configurationFile = configurationFor(hubRegion);

  test('the template has them as resources of that type only', () => {
    const types = Object.values(
      readTemplates(synthesizeOnce(configurationFile)).get('Portcullis-Hub.template.json')?.Resources ?? {},
    ).map(({ Type }) => Type);
    const count = (type: string) => types.filter((each) => each === type).length;
    expect(count('AWS::SecurityHub::ActionTarget')).toBe(ownType);
    expect(count('Custom::SecurityHubActionTarget')).toBe(custom);
  });

  test('a click on Close ingress closes, and a click on Undo closing takes it back', async () => {
    const portcullis = await deploy({ clockMode: 'skipping', configurationFile });
    try {
      const place = { account: MEMBER, region: hubRegion };
      const group = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE)]);
      const id = await portcullis.importFinding(group, 'EC2.13');
      await portcullis.press(id);
      await portcullis.settle();
      expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
      expect(await portcullis.ingressOf(group)).toEqual([]);

      await portcullis.choose('Undo closing', id);
      await portcullis.settle();
      expect(await portcullis.ingressOf(group)).toMatchObject([{ CidrIpv4: ANYWHERE, FromPort: 22, ToPort: 22 }]);

      const { ActionTargets = [] } = await portcullis.clients
        .securityHub(portcullis.hub)
        .send(new DescribeActionTargetsCommand({}));
      expect(ActionTargets.map(({ Name, ActionTargetArn = '' }) => [Name, ActionTargetArn.split('/').pop()])).toEqual([
        ['Close ingress', 'PortcullisClose'],
        ['Preview closing', 'PortcullisPreview'],
        ['Undo closing', 'PortcullisUndo'],
        ['Accept risk', 'PortcullisAccept'],
        ['Isolate', 'PortcullisIsolate'],
      ]);
    } finally {
      await portcullis.stop();
    }
  });
});
