import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readForbidden } from '../../../src/core/certificate/evaluation/forbidden-traffic';
import { BASELINE, CONTROL_IDS, type ControlId, type ControlParameter } from '../../../src/core/controls/control-id';
import { controlOf } from '../../../src/core/controls/control-registry';
import { loadCases } from '../../cases/load-cases';
import { generatedControls } from '../../oracle/arbitrary-group';
import { forbids } from '../../oracle/forbidden';

/** What has to be written for a control besides its module. A new id in `CONTROL_IDS` fails here until all of it is. */
const PARAMETERS: Partial<Record<ControlId, readonly ControlParameter[]>> = {
  baseline: [{ Name: 'forbiddenTcpPorts', Value: ['22'] }],
};

describe.each(CONTROL_IDS)('%s is known wherever controls are', (id) => {
  test('the independent verification knows what it forbids', () => {
    expect(readForbidden({ id, parameters: PARAMETERS[id] ?? [] }).kind).not.toBe('not-known');
  });

  test('the oracle knows it, and the properties are tried with it', () => {
    const { kind } = controlOf(id);
    if (kind !== 'internet-ports' && kind !== 'baseline') {
      // They have an oracle of their own: a group without rules, and entries of a network ACL.
      expect(['EC2.2', 'EC2.21']).toContain(id);
      return;
    }
    expect(() => forbids({ id, parameters: [] }, 'ipv4', 'tcp', 22)).not.toThrow();
    expect(generatedControls).toContain(id);
  });

  test('the table of cases has rows with it', () => {
    const rows = loadCases().flatMap(({ cases }) => cases);
    expect(rows.some(({ controls }) => controls.includes(id))).toBe(true);
  });

  test('docs/controls.md names its title, its page of AWS and where its meaning stands', () => {
    const docs = readFileSync(join(__dirname, '../../../docs/controls.md'), 'utf8');
    // One is ours, and no page of AWS is about it.
    if (id !== BASELINE) expect(docs).toContain(`ec2-controls.html#${id.toLowerCase().replace('.', '-')})`);
    expect(docs).toContain(controlOf(id).title);
    const module = `src/core/controls/${id.toLowerCase().replace('.', '-')}.ts`;
    expect(docs).toContain(module);
    expect(existsSync(join(__dirname, '../../..', module))).toBe(true);
  });
});
