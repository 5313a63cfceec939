import { createDeadLetters } from '../../src/aws/sqs/dead-letters';
import { createHub } from '../../src/aws/security-hub/hub';
import { dispatch } from '../../src/flow/intake/dispatch';
import { InMemoryWorld } from '../flow/in-memory-ports';
import { ACTION_ARNS, pressed } from './event-samples';
import { COMPLIANT_FINDING } from './finding-samples';
import { strictQueue, strictSecurityHub } from './strict-services';

const DEEP = 50_000;
const PRODUCT_ARN = COMPLIANT_FINDING['ProductArn'];

const withId = (id: string): string => JSON.stringify(pressed([{ Id: id, ProductArn: PRODUCT_ARN }]));

describe('an event that the fuzzer found to hold up all others of its batch is a dead letter of its own:', () => {
  test.each([
    ['nested deeper than the stack is long', `{"source":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`, 'source'],
    ['with a blank finding id, which Security Hub refuses', withId(' '), 'is blank'],
    ['with a finding id longer than any', withId('x'.repeat(513)), 'Id'],
    ['with a control character in an id, which SQS refuses in the reason', withId('finding/\u0000'), 'finding/\ufffd'],
    ['with half a character in an id', withId('finding/\ud800'), 'finding/\ufffd'],
    [
      'with more findings than can be asked for in time',
      JSON.stringify(pressed(Array.from({ length: 5000 }, (_, i) => ({ Id: `id-${String(i)}`, ProductArn: 'arn' })))),
      'more than 100 findings',
    ],
  ])('%s', async (_, body, reason) => {
    const world = new InMemoryWorld();
    const kept: { body: string; reason: string }[] = [];
    const ports = {
      ...world.ports,
      hub: createHub(strictSecurityHub([COMPLIANT_FINDING], [])),
      deadLetters: createDeadLetters(strictQueue(kept), 'https://sqs.test/dead'),
    };
    const messages = [
      // For the second time: what Security Hub does not know may have been on its way there the first time.
      { id: 'hostile', body, deliveries: 2 },
      { id: 'innocent', body: JSON.stringify(pressed([COMPLIANT_FINDING])), deliveries: 1 },
    ];

    expect(await dispatch(messages, ports, { actionArns: ACTION_ARNS, automaticControls: [] })).toEqual([]);
    expect(kept.map((letter) => letter.body)).toEqual([body]);
    expect(kept[0]?.reason).toContain(reason);
    expect(world.starts).toHaveLength(1);
  });
});
