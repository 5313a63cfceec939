import { clientTokenOf, executionName, identifiers } from '../../src/aws/identifiers';
import { TARGET } from '../flow/in-memory-ports';

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
    expect(clientTokenOf('rem-0123456789abcdef/0.0')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('differ from run to run, and not when the same run is named again', () => {
    const tokens = ['rem-1/0.0', 'rem-1/0.1', 'rem-1/1.0', 'rem-1/0.0'].map(clientTokenOf);
    expect(new Set(tokens).size).toBe(3);
  });

  it('name remediations so that people can say them', () => {
    expect(identifiers.remediationId(TARGET, 3, 0)).toMatch(/^rem-[0-9a-f]{16}$/);
    expect(identifiers.remediationId(TARGET, 3, 0)).not.toBe(identifiers.remediationId(TARGET, 3, 1));
  });
});
