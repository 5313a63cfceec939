import type { NamedUnit } from '../../../src/core/configuration/named-units';
import { failure, success } from '../../../src/core/result';
import { checkUnits } from '../../../src/flow/doctor/check-units';
import type { PortFailure } from '../../../src/flow/ports';

const denied: PortFailure = { code: 'access-denied', retryable: false, cause: 'not read: AccessDenied' };
const KEYS = ['automatic[0].exclude.organizationalUnits'];
const [THERE, GONE, UNREAD] = ['ou-ab12-aaaaaaaa', 'ou-ab12-bbbbbbbb', 'ou-ab12-cccccccc'];

function runChecks(named: readonly NamedUnit[] | undefined | PortFailure) {
  return checkUnits({
    fetchNamedUnits: () => Promise.resolve(named !== undefined && 'code' in named ? failure(named) : success(named)),
    unitExists: (id) => Promise.resolve(id === UNREAD ? failure(denied) : success(id === THERE)),
    stack: 'Portcullis-Hub',
  });
}

test('a configuration without units has no line', async () => {
  expect(await runChecks([])).toEqual([]);
});

test('each unit that is gone is named, with the keys that name it; one that cannot be read is unknown', async () => {
  const named = [THERE, GONE, UNREAD].map((id) => ({ id, where: KEYS }));
  expect(await runChecks(named)).toMatchObject([
    { check: 'organizational units', status: 'ok', found: '1 of 3 exist' },
    {
      ...{ check: `organizational unit ${GONE}`, status: 'failed' },
      fix: expect.stringContaining(
        'take it from automatic[0].exclude.organizationalUnits of portcullis.yaml',
      ) as string,
    },
    { check: `organizational unit ${UNREAD}`, status: 'unknown', found: denied.cause },
  ]);
});

test('a deployment that does not say which units it names', async () => {
  expect(await runChecks(denied)).toMatchObject([{ status: 'unknown' }]);
  expect(await runChecks(undefined)).toMatchObject([{ status: 'failed', fix: 'npx cdk deploy Portcullis-Hub' }]);
});
