import { clientTokenOf, createIdentifiers } from '../../src/aws/identifiers';
import { NONCE, TARGET } from '../flow/in-memory-ports';

const { executionName, nonce, remediationId } = createIdentifiers('Portcullis');
const first = { generation: 1, nonce: NONCE };

describe('identifiers', () => {
  test('are names that Lambda takes', () => {
    expect(executionName(TARGET, first)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('are the same for the same holding of the same target, and for no other', () => {
    const names = [
      executionName(TARGET, first),
      executionName(TARGET, first),
      executionName(TARGET, { ...first, generation: 2 }),
      executionName({ ...TARGET, region: 'us-east-1' }, first),
    ];
    expect(new Set(names).size).toBe(3);
  });

  test.each([
    ['of two deployments', 'Gate', NONCE],
    ['of a generation that a restored ledger counts again', 'Portcullis', nonce()],
  ])('%s differ: executions, remediations, and by these the tokens of SSM', (_, prefix, mark) => {
    const other = createIdentifiers(prefix);
    const tenure = { generation: 1, nonce: mark };
    expect(other.executionName(TARGET, tenure)).not.toBe(executionName(TARGET, first));
    expect(other.remediationId(TARGET, tenure, 0)).not.toBe(remediationId(TARGET, first, 0));
  });

  test('never give the same nonce twice', () => {
    expect(new Set(Array.from({ length: 100 }, nonce)).size).toBe(100);
  });

  test('are UUIDs of version 5, as SSM wants them', () => {
    expect(clientTokenOf('rem-0123456789abcdef/0.0')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test('differ from run to run, and not when the same run is named again', () => {
    const tokens = ['rem-1/0.0', 'rem-1/0.1', 'rem-1/1.0', 'rem-1/0.0'].map(clientTokenOf);
    expect(new Set(tokens).size).toBe(3);
  });

  test('name remediations so that people can say them', () => {
    expect(remediationId(TARGET, first, 0)).toMatch(/^rem-[0-9a-f]{16}$/);
    expect(remediationId(TARGET, first, 0)).not.toBe(remediationId(TARGET, first, 1));
  });
});
