import { CONTROL_IDS } from '../../../src/core/controls/control-id';
import { controlOf } from '../../../src/core/controls/control-registry';

describe('The controls', () => {
  test.each(CONTROL_IDS)('%s is registered under its own id and says what it forbids', (id) => {
    const control = controlOf(id);
    expect(control.id).toBe(id);
    expect(control.title).not.toBe('');
    expect(control.forbids).not.toMatch(/\.$/);
  });
});
