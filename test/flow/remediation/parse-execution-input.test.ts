import { parseExecutionInput } from '../../../src/flow/remediation/parse-execution-input';
import { ACL, NONCE, TARGET } from '../fixtures';

describe('what an execution is started with', () => {
  test.each([TARGET, ACL])('is understood as the dispatcher writes it: %j', (target) => {
    const start = { target, generation: 1, nonce: NONCE };
    expect(parseExecutionInput(start)).toEqual({ ok: true, value: start });
  });

  test.each<[unknown, string]>([
    [undefined, 'is missing'],
    ['{"target":{}}', 'is not an object'],
    [{ generation: 1 }, 'target is missing'],
    [{ target: TARGET }, 'generation is missing'],
    [{ target: TARGET, generation: 1 }, 'nonce is missing'],
    [{ target: TARGET, generation: 1, nonce: '1' }, 'nonce "1" is no mark of a holding, which is a UUID'],
    [{ target: TARGET, generation: 0 }, 'generation 0 is not above 0'],
    [{ target: TARGET, generation: 1.5 }, 'generation 1.5 is not a whole number'],
    [
      { target: { ...TARGET, kind: 'subnet' }, generation: 1 },
      'target.kind "subnet" is none of: security-group, network-acl, instance, network-interface',
    ],
    [
      { target: { ...TARGET, account: '1' }, generation: 1 },
      'target.account "1" is not an account id; it has 12 digits',
    ],
    [{ target: { ...TARGET, region: '*' }, generation: 1 }, 'target.region "*" is no Region such as eu-central-1'],
    [{ target: { ...TARGET, partition: 'gcp' }, generation: 1 }, 'target.partition "gcp" is no partition such as aws'],
    [{ target: { ...TARGET, id: ACL.id }, generation: 1 }, 'is no security group such as sg-0123456789abcdef0'],
    [{ target: { ...ACL, id: TARGET.id }, generation: 1 }, 'is no network ACL such as acl-0123456789abcdef0'],
  ])('is refused with the field, the value and what it must be: %j', (input, message) => {
    const parsed = parseExecutionInput(input);
    expect(parsed.ok ? '' : parsed.error).toContain(message);
  });
});
