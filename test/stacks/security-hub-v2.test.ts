import { SECURITY_HUB_CONTROLS } from '../../src/core/controls/control-id';
import { statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const templates = {
  v2: synthesize(exampleWith({ automatic: ['EC2.13'], securityHub: 'v2' })).templates.hub,
  both: synthesize(exampleWith({ automatic: ['EC2.13'], securityHub: 'both' })).templates.hub,
};

const rulesOf = (kind: keyof typeof templates) =>
  resourcesOf(templates[kind], 'AWS::Events::Rule').map(({ properties }) => properties);

const named = (kind: keyof typeof templates, name: string) =>
  rulesOf(kind).find(({ Name }) => Name === `Portcullis-${name}`) ?? {};

const ofType = (kind: keyof typeof templates, type: string) =>
  rulesOf(kind).filter(({ EventPattern }) =>
    (EventPattern as { 'detail-type'?: readonly string[] })['detail-type']?.includes(type),
  );

describe.each(['v2', 'both'] as const)('securityHub: %s', (kind) => {
  test('new failed findings of each control come from V2, by its number and none of coverage', () => {
    for (const control of SECURITY_HUB_CONTROLS) {
      expect(named(kind, `Automatic-${control.replace('.', '-')}-V2`)).toMatchObject({
        State: control === 'EC2.13' ? 'ENABLED' : 'DISABLED',
        EventPattern: {
          source: ['aws.securityhub'],
          'detail-type': ['Findings Imported V2'],
          detail: {
            findings: {
              class_uid: [2003],
              compliance: { control: [control], status_id: [3] },
              status_id: [1],
            },
          },
        },
      });
    }
  });

  test('an exception ends in V2 too', () => {
    expect(named(kind, 'ExceptionLiftedV2')).toMatchObject({
      State: 'ENABLED',
      EventPattern: { detail: { findings: { comment: [{ wildcard: '*[Portcullis excepted *' }] } } },
    });
  });

  test('a question ends when V2 says that its finding is resolved, too', () => {
    expect(named(kind, 'QuestionSettledV2')).toMatchObject({
      State: 'ENABLED',
      EventPattern: { detail: { findings: { comment: [{ wildcard: '*[Portcullis asked *' }] } } },
    });
  });

  test('the functions that read findings know which Security Hub', () => {
    const functions = resourcesOf(templates[kind], 'AWS::Lambda::Function').filter(({ properties }) =>
      JSON.stringify(properties).includes(`"PORTCULLIS_SECURITY_HUB":"${kind}"`),
    );
    expect(functions.map(({ properties }) => properties['FunctionName']).sort()).toEqual(
      ['Commands', 'Dispatcher', 'Orchestrator'].map((name) => `Portcullis-${name}`),
    );
  });

  test('what EventBridge loses of V2 raises an alarm of its own', () => {
    const names = resourcesOf(templates[kind], 'AWS::CloudWatch::Alarm').map(
      ({ properties }) => properties['AlarmName'],
    );
    expect(names).toContain('Portcullis-AutomaticV2FindingsLost');
  });

  test('findings are read and updated on the hubs that are configured, and never set to what only a read-back may', () => {
    const place = 'arn:${AWS::Partition}:securityhub:eu-central-1:111111111111';
    const hubs = [...(kind === 'both' ? [`${place}:hub/default`] : []), `${place}:hubv2/*`];
    const statements = statementsOf(templates[kind]).filter(({ actions }) =>
      actions.includes('securityhub:BatchUpdateFindings'),
    );
    for (const { resources } of statements.filter(({ effect }) => effect === 'Allow')) expect(resources).toEqual(hubs);
    const denied = statements.filter(({ effect }) => effect === 'Deny');
    expect(denied.map(({ condition }) => condition)).toContainEqual({
      StringEquals: { 'securityhub:OCSFSyntaxPath/StatusId': ['4', '3'] },
    });
    expect(denied).toHaveLength(hubs.length);
  });
});

test('v2 hears nothing of what CSPM imports, and its custom actions still', () => {
  expect(ofType('v2', 'Security Hub Findings - Imported')).toEqual([]);
  expect(ofType('v2', 'Security Hub Findings - Custom Action')).toHaveLength(4);
  expect(ofType('both', 'Security Hub Findings - Imported')).toHaveLength(SECURITY_HUB_CONTROLS.length + 2);
});
