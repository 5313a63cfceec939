import { isDeepStrictEqual } from 'node:util';
import { grantsOf, without } from './granted-actions';
import { playStories, type Endings } from './stories';

/** How the stories end when every role may do what its template says. */
export const AS_GRANTED: Endings = {
  stories: {
    close: ['RESOLVED', 'closed', ''],
    'close, keeping 80 and 443': ['RESOLVED', 'closed', '443-443,80-80'],
    'runbook fails': ['NOTIFIED', 'failed', '22-22'],
    'own product, by itself': ['RESOLVED', 'closed', ''],
    'unknown control': ['NOTIFIED', 'failed', ''],
    'execution before died': ['RESOLVED', 'closed', ''],
  },
  lies: [],
  contexts: [
    'close: web reachable yes other yes opened with other account workload-1',
    'close, keeping 80 and 443: without a name reachable yes other not-needed opened with other account workload-1',
    'runbook fails: web reachable no other yes opened with other account workload-2',
    'own product, by itself:  reachable no other not-needed opened with other account workload-1',
    'execution before died:  reachable no other not-needed opened with other account workload-1',
  ],
  domainEvents: [
    'close: Ingress Closed',
    'close, keeping 80 and 443: Ingress Closed',
    'runbook fails: Remediation Failed',
    'own product, by itself: Ingress Closed',
    'execution before died: Ingress Closed',
  ],
  deadLetters: ['garbage PortcullisReason', '{} ErrorCode,ErrorMessage,RequestID'],
  metrics: {
    EventsRejected: 1,
    RemediationsNotClosed: 1,
    FindingUpdatesFailed: 0,
    DomainEventsFailed: 0,
  },
  takeOverInvocations: 1,
  commands: [
    '200 asked',
    'RESOLVED closed',
    '200 asked',
    'NEW undone',
    '400',
    '400',
    '200',
    '200',
    '2 due',
    '200',
    '1 due',
    '0 due',
    'Decision Needed,Decision Made',
    '200',
    'Brake Engaged,Brake Released',
    'The resource does not exist any more.',
    'Region not enabled',
    'logged',
  ],
  rewrites: {
    closed: [
      'RESOLVED closed',
      'RESOLVED closed',
      'rules: ',
      'entries: allow 6,allow 6,allow 6,allow 17,allow 17,allow 17,allow 1,allow 50,allow 51,allow 47,deny -1',
    ],
    undone: ['NEW undone', 'NEW undone', 'rules: egress,ingress', 'entries: allow -1,deny -1'],
  },
};

/** One test for every action that a role's template allows: without it a story ends differently, and never in a lie. */
export function testRemovals(role: string): void {
  test.each(grantsOf(role))('$role cannot do without $action ($sid)', async (grant) => {
    const endings = await playStories(without(grant), (sofar) => !isAsGranted(sofar));
    expect(endings.lies).toEqual([]);
    expect(endings).not.toEqual(AS_GRANTED);
  });
}

/** What the sandbox answers by fetch has the prototypes of another realm than Jest's: never strictly equal to ours. */
function isAsGranted(sofar: Partial<Endings>): boolean {
  const expected = Object.entries(AS_GRANTED).filter(([part]) => part in sofar);
  return isDeepStrictEqual(JSON.parse(JSON.stringify(sofar)), JSON.parse(JSON.stringify(Object.fromEntries(expected))));
}
