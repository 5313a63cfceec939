import { toRunbookStatus } from '../../../src/aws/ssm/runbooks';

const refusal = (code: string) =>
  `Step fails when it is Execute/Cancelling action. An error occurred (${code}) when calling the RevokeSecurityGroupIngress operation: Trouble.`;

describe('a run that failed', () => {
  test.each([
    ['EC2 had an error of its own', 'Failed', refusal('InternalError'), 'InternalError'],
    ['EC2 was not there', 'Failed', refusal('ServiceUnavailable'), 'ServiceUnavailable'],
    ['EC2 was not there, in its short form', 'Failed', refusal('Unavailable'), 'Unavailable'],
    ['EC2 throttled', 'Failed', refusal('RequestLimitExceeded'), 'RequestLimitExceeded'],
    ['the run took too long', 'TimedOut', 'The step did not finish.', undefined],
    ['EC2 did not answer in time', 'Failed', 'Read timeout on endpoint URL: "https://ec2…"', undefined],
    ['EC2 could not be reached', 'Failed', 'Could not connect to the endpoint URL: "https://ec2…"', undefined],
  ])('may work a moment later: %s', (_, status, message, code) => {
    expect(toRunbookStatus(status, message)).toMatchObject({
      kind: 'failed',
      isTransient: true,
      ...(code === undefined ? {} : { code }),
    });
  });

  test.each([
    ['it is not allowed', 'Failed', refusal('UnauthorizedOperation')],
    ['the rule is gone', 'Failed', refusal('InvalidPermission.NotFound')],
    ['the quota is reached', 'Failed', refusal('RulesPerSecurityGroupLimitExceeded')],
    ['a person cancelled it', 'Cancelled', 'Cancelled after it timed out waiting.'],
    ['nobody says why', 'Failed', undefined],
  ])('would not: %s', (_, status, message) => {
    expect(toRunbookStatus(status, message)).not.toHaveProperty('isTransient');
  });
});
