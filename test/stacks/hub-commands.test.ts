import { statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const { hub } = synthesize(exampleWith({ prefix: 'Gate' })).templates;
const only = (type: string) => {
  const [found, ...others] = resourcesOf(hub, type);
  expect(others).toEqual([]);
  return found?.properties ?? {};
};

describe('commands of people', () => {
  test('come by one route, whose callers AWS identifies, at the pace of people', () => {
    expect(only('AWS::ApiGatewayV2::Api')).toMatchObject({ ProtocolType: 'HTTP', Name: 'Gate-Commands' });
    expect(only('AWS::ApiGatewayV2::Route')).toMatchObject({
      RouteKey: 'POST /commands',
      AuthorizationType: 'AWS_IAM',
    });
    expect(only('AWS::ApiGatewayV2::Stage')).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
    });
  });

  test('are found by the prefix of the deployment', () => {
    const parameters = resourcesOf(hub, 'AWS::SSM::Parameter').map(({ properties }) => properties['Name']);
    expect(parameters.toSorted()).toEqual(['/portcullis/Gate/commands', '/portcullis/Gate/policy']);
  });

  test('reach their function through that API alone, as far as its own policy goes', () => {
    const permission = only('AWS::Lambda::Permission');
    expect(permission).toMatchObject({ Principal: 'apigateway.amazonaws.com', SourceAccount: '111111111111' });
    expect(JSON.stringify(permission['SourceArn'])).toMatch(/execute-api.*\/\*\/POST\/commands/);
  });
});

describe('the ledger', () => {
  test('refuses every write to whoever is none of the functions, whatever their own policies say', () => {
    const [statement, ...others] = statementsOf(hub).filter(({ holder }) => holder === 'AWS::DynamoDB::Table');
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      effect: 'Deny',
      principal: { AWS: '*' },
      actions: [
        ...['BatchWriteItem', 'DeleteItem'].map((name) => `dynamodb:${name}`),
        ...['PartiQLDelete', 'PartiQLInsert', 'PartiQLUpdate'].map((name) => `dynamodb:${name}`),
        ...['PutItem', 'UpdateItem'].map((name) => `dynamodb:${name}`),
      ],
    });
    const roles = JSON.stringify(statement?.condition);
    expect(roles).toContain('"ArnNotEquals":{"aws:PrincipalArn"');
    expect(roles.match(/role\/Gate-\w+/g)).toEqual([
      'role/Gate-Commands',
      'role/Gate-Dispatcher',
      'role/Gate-Orchestrator',
      'role/Gate-Sweeper',
    ]);
  });
});
