import { reasonToSkip } from '../../../src/core/policy/reason-to-skip';

const NEW = { compliance: 'FAILED', recordState: 'ACTIVE', workflow: 'NEW' } as const;

describe('what a person had undone', () => {
  it.each(['undone', 'partly-undone'])('is not closed again by itself: %s', (portcullisOutcome) => {
    expect(reasonToSkip({ ...NEW, portcullisOutcome }, 'automatic')).toContain('undone');
  });

  it('is closed again when a person says so', () => {
    expect(reasonToSkip({ ...NEW, portcullisOutcome: 'undone' }, 'custom-action')).toBeUndefined();
  });

  it('does not stand in the way of a finding that was closed since', () => {
    expect(reasonToSkip({ ...NEW, portcullisOutcome: 'closed' }, 'automatic')).toBeUndefined();
  });
});
