import { exampleWith, resourcesOf, synthesize } from './synthesized';

const insightsOf = (changes: Readonly<Record<string, unknown>>) =>
  resourcesOf(synthesize(exampleWith(changes)).templates.hub, 'AWS::SecurityHub::Insight');

test('left out, there are no insights', () => {
  expect(insightsOf({})).toEqual([]);
});

test('insights ask for what Portcullis writes on findings, within the limits of insights', () => {
  const shown = insightsOf({ insights: true }).map(({ properties }) => {
    const { Name, GroupByAttribute, Filters } = properties as {
      readonly Name: string;
      readonly GroupByAttribute: string;
      readonly Filters: Readonly<Record<string, readonly { readonly Key?: string; readonly Value: string }[]>>;
    };
    const filters = Object.entries(Filters).map(([name, values]) => {
      expect(values.length).toBeLessThanOrEqual(20);
      return `${name} ${values.map(({ Key, Value }) => (Key === undefined ? Value : `${Key}=${Value}`)).join(',')}`;
    });
    expect(filters.length).toBeLessThanOrEqual(10);
    return [Name, GroupByAttribute, filters.sort().join('; ')];
  });
  expect(shown.sort()).toEqual([
    [
      ...['Portcullis: closed by Portcullis', 'AwsAccountId'],
      'UserDefinedFields PortcullisOutcome=closed; WorkflowStatus RESOLVED',
    ],
    [
      ...['Portcullis: exceptions that end soon', 'ResourceId'],
      'RecordState ACTIVE; UserDefinedFields PortcullisEnds=soon; WorkflowStatus SUPPRESSED',
    ],
    [
      ...['Portcullis: waiting for a decision', 'ResourceId'],
      'RecordState ACTIVE; UserDefinedFields PortcullisOutcome=asked; WorkflowStatus NOTIFIED',
    ],
  ]);
});
