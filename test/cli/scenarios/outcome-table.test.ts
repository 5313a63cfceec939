import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';
import { renderOutcomes } from '../../../src/cli/scenarios/outcome-table';
import type { ScenarioOutcome } from '../../../src/cli/scenarios/scenario';

const CLOSED: ScenarioOutcome = {
  name: 'Every port open, the web site stays up',
  trigger: 'custom-action',
  controls: ['EC2.13'],
  target: { account: '222222222222', region: 'us-east-1', id: 'sg-0123456789abcdef0' },
  outcome: 'closed',
  workflow: 'RESOLVED',
  note: 'Closed.',
  openAfter: [443, 80].map((port) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIpv4: '0.0.0.0/0' })),
  millis: 1,
  surprises: [],
};
const OUTCOMES = [CLOSED, { ...CLOSED, trigger: 'automatic', openAfter: [], workflow: 'NOTIFIED' } as const];

test.each([60, 80, 104, 120, 200])('a terminal of %d columns is wide enough for every line', (width) => {
  const lines = renderOutcomes(OUTCOMES, createColors(true), width).split('\n').map(stripVTControlCharacters);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  expect(lines.join('\n')).toContain('tcp 443 from 0.0.0.0/0');
});

test('a narrow terminal gets a few lines a scenario', () => {
  expect(renderOutcomes(OUTCOMES, createColors(false), 60).split('\n')).toEqual([
    'Every port open, the web site stays up',
    '  RESOLVED: closed, started by a person',
    '  still open: tcp 443 from 0.0.0.0/0',
    '  still open: tcp 80 from 0.0.0.0/0',
    'Every port open, the web site stays up',
    '  NOTIFIED: closed, started by itself',
  ]);
});
