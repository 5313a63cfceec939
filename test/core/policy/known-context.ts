import type { Context } from '../../../src/core/context/context';
import { known } from '../../../src/core/context/fact';

/** A public instance that somebody uses, opened in the console: every fact is known. */
export const KNOWN_CONTEXT: Context = {
  attached: known({
    count: 1,
    kinds: ['instance'],
    items: [{ kind: 'instance', id: 'i-1', state: 'running' }],
    otherVpcs: [],
    otherAccounts: [],
  }),
  reachable: known({ answer: 'yes', through: ['eni-1'] }),
  used: known({
    answer: 'flows',
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-29T00:00:00Z',
    flows: 7,
    sources: 3,
    bytes: 4200,
    peers: [],
    rejected: 0,
  }),
  otherWayIn: known({ answer: 'no', ways: [] }),
  openedBy: known({
    who: 'arn:aws:iam::222222222222:user/ada',
    at: '2026-11-01T00:00:00Z',
    from: '192.0.2.1',
    with: 'console',
    eventId: 'e-1',
  }),
  managedBy: known({ by: 'none-seen' }),
  owner: known({ owner: 'Web', environment: 'Production', tags: [] }),
  account: known({ name: 'shop', organizationalUnits: ['ou-ab12-cdef3456', 'ou-ab12-00000000', 'r-ab12'] }),
};
