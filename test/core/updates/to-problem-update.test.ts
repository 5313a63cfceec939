import { toProblemUpdate } from '../../../src/core/updates/to-problem-update';

test('what cannot be done says what was asked, why not, and the next step, and leaves the finding open', () => {
  const update = toProblemUpdate({ asked: 'Close ingress', problem: 'The finding names no resource.' });
  expect(update).toMatchObject({
    workflow: 'NOTIFIED',
    note: 'Close ingress: Portcullis did nothing. The finding names no resource. What is to be done here is to be done by hand.',
  });
});
