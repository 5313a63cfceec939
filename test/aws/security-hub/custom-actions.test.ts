import { InvalidAccessException, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { createCustomActions } from '../../../src/aws/security-hub/custom-actions';

const ARN = 'arn:aws:securityhub:eu-west-1:111111111111:action/custom/PortcullisClose';

/** A client whose every call is answered with 401 and this message. */
function refusing(message: string): SecurityHubClient {
  const client = new SecurityHubClient({ region: 'eu-west-1', maxAttempts: 1 });
  client.middlewareStack.add(
    () => () => Promise.reject(new InvalidAccessException({ message, $metadata: { httpStatusCode: 401 } })),
    { step: 'initialize', priority: 'high' },
  );
  return client;
}

test('while Security Hub is not enabled there is no custom action: a stack that is deleted then can go', async () => {
  const actions = createCustomActions(refusing('Account 111111111111 is not subscribed to AWS Security Hub'));
  expect(await actions.find(ARN)).toEqual({ ok: true, value: undefined });
});

test.each([
  { call: 'find', asked: () => createCustomActions(refusing('No access.')).find(ARN) },
  {
    call: 'create, while Security Hub is not enabled',
    asked: () =>
      createCustomActions(refusing('Account 111111111111 is not subscribed to AWS Security Hub')).create({
        id: 'PortcullisClose',
        name: 'Close ingress',
        description: 'Closes',
      }),
  },
])('what is denied is no answer: $call', async ({ asked }) => {
  expect(await asked()).toMatchObject({ ok: false, error: { code: 'access-denied' } });
});
