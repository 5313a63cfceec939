import { attempt } from '../../src/aws/aws-failure';

function awsError(name: string, fields: object = {}): Error {
  return Object.assign(new Error('the message'), { name, $metadata: {} }, fields);
}

describe('an error of AWS', () => {
  test.each([
    ['AccessDenied', {}, 'access-denied', false],
    ['AccessDeniedException', {}, 'access-denied', false],
    ['UnauthorizedOperation', {}, 'access-denied', false],
    ['InvalidAccessException', {}, 'access-denied', false],
    // A Region that is not enabled in the account.
    ['AuthFailure', {}, 'access-denied', false],
    ['OptInRequired', {}, 'access-denied', false],
    ['LimitExceededException', {}, 'throttled', true],
    ['ThrottlingException', {}, 'throttled', true],
    ['RequestLimitExceeded', {}, 'throttled', true],
    ['TooManyRequestsException', {}, 'throttled', true],
    ['ProvisionedThroughputExceededException', {}, 'throttled', true],
    ['AutomationExecutionLimitExceededException', {}, 'throttled', true],
    ['InternalServerError', {}, 'unavailable', true],
    ['InternalError', {}, 'unavailable', true],
    ['ServiceUnavailable', {}, 'unavailable', true],
    ['ExpiredToken', {}, 'unavailable', true],
    ['InvalidGroup.NotFound', {}, 'not-found', false],
    ['InvalidGroupId.Malformed', {}, 'invalid', false],
    ['ResourceNotFoundException', {}, 'not-found', false],
    ['AutomationDefinitionNotFoundException', {}, 'not-found', false],
    ['ConditionalCheckFailedException', {}, 'conflict', false],
    ['IdempotentParameterMismatch', {}, 'conflict', false],
    ['ValidationException', {}, 'invalid', false],
    ['InvalidAutomationExecutionParametersException', {}, 'invalid', false],
    ['SomethingNew', { $metadata: { httpStatusCode: 500 } }, 'unavailable', true],
    ['SomethingNew', { $metadata: { httpStatusCode: 429 } }, 'throttled', true],
    ['SomethingNew', { $metadata: { httpStatusCode: 403 } }, 'access-denied', false],
    ['SomethingNew', { $metadata: { httpStatusCode: 400 } }, 'unknown', false],
    ['SomethingNew', { $retryable: { throttling: true } }, 'throttled', true],
  ])('%s %j is %s', async (name, fields, code, retryable) => {
    const result = await attempt('It did not work', () => Promise.reject(awsError(name, fields)));
    expect(result).toEqual({
      ok: false,
      error: { code, retryable, cause: expect.stringMatching(`^It did not work: ${name}: the message`) as string },
    });
  });

  test.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE', 'UND_ERR_SOCKET'])(
    'may be a connection: %s',
    async (code) => {
      const result = await attempt('It did not work', () => Promise.reject(Object.assign(new Error('lost'), { code })));
      expect(result).toMatchObject({ ok: false, error: { code: 'unavailable', retryable: true } });
    },
  );

  test('is truncated to what a note can hold, without encoded details', async () => {
    const message = `You are not authorized. Encoded authorization failure message: ${'A'.repeat(900)} ${'b'.repeat(900)}`;
    const error = Object.assign(awsError('UnauthorizedOperation'), { message });
    const result = await attempt('It did not work', () => Promise.reject(error));
    expect(!result.ok && result.error.cause.length).toBeLessThan(400);
    expect(JSON.stringify(result)).not.toContain('AAAA');
  });
});

test('a bug stays a bug', async () => {
  await expect(attempt('It did not work', () => Promise.reject(new TypeError('x is undefined')))).rejects.toThrow(
    TypeError,
  );
});
