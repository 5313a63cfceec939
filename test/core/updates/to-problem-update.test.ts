import { toProblemUpdate } from '../../../src/core/updates/to-problem-update';

describe('toProblemUpdate', () => {
  test('says what is wrong and leaves the finding open', () => {
    expect(toProblemUpdate('The finding names no resource.')).toMatchObject({
      workflow: 'NOTIFIED',
      note: 'Portcullis did nothing. The finding names no resource.',
    });
  });
});
