import { creationOrder } from '../../../sandbox/cloudformation/creation-order';
import { parseTemplate } from '../../../sandbox/cloudformation/template';

function order(resources: Readonly<Record<string, object>>): readonly string[] {
  const withTypes = Object.entries(resources).map(
    ([id, resource]) => [id, { Type: 'Some::Type', ...resource }] as const,
  );
  return creationOrder(parseTemplate('t', { Resources: Object.fromEntries(withTypes) }).Resources);
}

test('what nothing decides stays in the order of the template', () => {
  expect(order({ B: {}, A: {}, C: {} })).toEqual(['B', 'A', 'C']);
});

test('DependsOn, Ref, GetAtt and Sub come first, however deep they lie', () => {
  expect(
    order({
      A: { DependsOn: 'B' },
      B: { Properties: { x: [{ y: { Ref: 'C' } }] } },
      C: { Properties: { x: { 'Fn::GetAtt': ['D', 'Arn'] } } },
      D: { Properties: { x: { 'Fn::Sub': '${E.Arn} ${AWS::Region} ${!F}' } } },
      E: { DependsOn: ['F'] },
      F: { Properties: { x: { 'Fn::Sub': ['${A}', { A: { 'Fn::GetAtt': 'G.Arn' } }] } } },
      G: {},
    }),
  ).toEqual(['G', 'F', 'E', 'D', 'C', 'B', 'A']);
});

test('a circle is an error that names it', () => {
  expect(() =>
    order({ A: { DependsOn: 'B' }, B: { Properties: { x: { Ref: 'C' } } }, C: { DependsOn: ['A'] } }),
  ).toThrow('A → B → C → A');
});
