import { createServices } from '../../../sandbox/create-services';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox';
import { hub, member, provision } from '../../sandbox/small-sandbox';
import { KNOWN_DIFFERENCES } from '../known-differences';
import { explains, type KnownDifference } from '../known-differences/known-difference';
import { peerUrl } from '../peer-urls';
import { openCloud, REGION } from './clouds';
import { findDifferences, type Difference } from './differences';
import { playSequence } from './play-sequence';
import type { Sequence } from './sequence';
import { authorizing } from './sequences/authorizing';
import { contextSources } from './sequences/context-sources';
import { documents } from './sequences/documents';
import { dynamodb } from './sequences/dynamodb';
import { events, testedPatterns } from './sequences/events';
import { groups } from './sequences/groups';
import { identity } from './sequences/identity';
import { loadBalancers } from './sequences/load-balancers';
import { messaging } from './sequences/messaging';
import { modifying } from './sequences/modifying';
import { networkAcls } from './sequences/network-acls';
import { networkInterfaces } from './sequences/network-interfaces';
import { prefixLists } from './sequences/prefix-lists';
import { revoking } from './sequences/revoking';
import { surroundings } from './sequences/surroundings';

const VISITED = '333333333333';
const againstMoto = [
  ...groups,
  ...authorizing,
  ...revoking,
  ...modifying,
  ...networkAcls,
  ...networkInterfaces,
  ...surroundings,
  ...loadBalancers,
  ...contextSources,
  ...prefixLists,
  ...identity,
  ...messaging,
  ...dynamodb,
  ...events,
  ...documents,
];

let sandbox: Sandbox;
const figures = { calls: 0, differences: 0 };
const seen = new Set<KnownDifference>();

beforeAll(async () => {
  sandbox = await startSandbox({
    services: createServices(),
    accounts: [hub, member, VISITED],
    regions: [REGION],
    hub: { account: hub, region: REGION },
    clockMode: 'real',
  });
  await provisionVisitedRole(sandbox);
  // The sandbox is an organization; moto becomes one.
  await openCloud('moto', peerUrl('MOTO')).send(hub, 'organizations:CreateOrganization', {});
});
afterAll(() => sandbox.stop());

describe('the sandbox answers like moto', () => {
  test.each(againstMoto)('$name', (sequence) => compare(sequence, 'moto', peerUrl('MOTO')));
});

describe('the sandbox answers like ministack', () => {
  test.each(testedPatterns)('$name', (sequence) => compare(sequence, 'ministack', peerUrl('MINISTACK')));
});

test('every known difference still shows', () => {
  const stale = KNOWN_DIFFERENCES.filter((known) => !seen.has(known));
  process.stdout.write(
    `conformance: ${figures.calls} calls compared, ${figures.differences} differences, ` +
      `all explained by ${KNOWN_DIFFERENCES.length} known ones\n`,
  );
  expect(stale).toEqual([]);
});

async function compare(sequence: Sequence, peer: KnownDifference['peer'], endpoint: string): Promise<void> {
  const ours = await playSequence(sequence, openCloud('sandbox', sandbox.endpoint));
  const theirs = await playSequence(sequence, openCloud(peer, endpoint));
  const differences = findDifferences(sequence, ours, theirs);
  figures.calls += sequence.steps.length;
  figures.differences += differences.length;
  expect(differences.filter((difference) => !isKnown(difference, peer))).toEqual([]);
}

function isKnown(difference: Difference, peer: KnownDifference['peer']): boolean {
  const known = KNOWN_DIFFERENCES.find((candidate) => candidate.peer === peer && explains(candidate, difference));
  if (known) seen.add(known);
  return known !== undefined;
}

/** Moto asks for no role that exists, the sandbox does. */
async function provisionVisitedRole(world: Sandbox): Promise<void> {
  await provision(
    world,
    'AWS::IAM::Role',
    {
      RoleName: 'Visited',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${member}:root` }, Action: 'sts:AssumeRole' }],
      },
    },
    { account: VISITED },
  );
}
