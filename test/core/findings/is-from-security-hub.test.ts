import { isFromSecurityHub } from '../../../src/core/findings/is-from-security-hub';

describe('isFromSecurityHub', () => {
  test.each([
    ['arn:aws:securityhub:us-east-1::product/aws/securityhub', true],
    ['arn:aws-us-gov:securityhub:us-gov-west-1::product/aws/securityhub', true],
    ['arn:aws:securityhub:us-east-1::product/aws/guardduty', false],
    ['arn:aws:securityhub:us-east-1::product/prowler/prowler', false],
    ['arn:aws:securityhub:us-east-1:222222222222:product/222222222222/default', false],
    ['arn:aws:securityhub:us-east-1:222222222222:product/aws/securityhub', false],
    ['arn:aws:securityhub:us-east-1::product/aws/securityhub/more', false],
  ])('%s: %s', (productArn, expected) => {
    expect(isFromSecurityHub({ productArn })).toBe(expected);
  });
});
