import { clientTokenOf, executionName, remediationIdOf } from '../../src/flow/identifiers';
import { TARGET } from './in-memory-ports';

describe('identifiers', () => {
  it('are names that Lambda takes', () => {
    expect(executionName(TARGET, 1)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('are the same for the same target and generation, and no others', () => {
    const names = [1, 1, 2].map((generation) => executionName(TARGET, generation));
    expect(new Set(names).size).toBe(2);
    expect(executionName({ ...TARGET, region: 'us-east-1' }, 1)).not.toBe(names[0]);
  });

  it('are UUIDs of version 5, as SSM wants them', () => {
    expect(clientTokenOf('rem-0123456789abcdef', 0, 0)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('differ by round and step', () => {
    const tokens = [
      [0, 0],
      [0, 1],
      [1, 0],
    ].map(([round = 0, step = 0]) => clientTokenOf('rem-0123456789abcdef', round, step));
    expect(new Set(tokens).size).toBe(3);
  });

  it('name remediations so that people can say them', () => {
    expect(remediationIdOf(TARGET, 3, 0)).toMatch(/^rem-[0-9a-f]{16}$/);
    expect(remediationIdOf(TARGET, 3, 0)).not.toBe(remediationIdOf(TARGET, 3, 1));
  });
});
