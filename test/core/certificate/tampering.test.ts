import fc from 'fast-check';
import type { Certificate } from '../../../src/core/certificate/certificate';
import { readEvidence } from '../../../src/core/certificate/verification/evidence';
import { doesNotHold } from '../../../src/core/certificate/verification/statement';
import { verifyCertificates } from '../../../src/core/certificate/verification/verify-certificates';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { arbitraryAcl, arbitraryAclPolicy } from '../../oracle/arbitrary-acl';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { certify, findFaults, sha256 } from './certified';
import { closeOnModel } from './on-model';

const CHANGES_PER_CERTIFICATE = 20;

const certificates: fc.Arbitrary<Certificate> = fc.oneof(
  fc.tuple(arbitraryGroup, arbitraryControls, arbitraryPolicy).map((scene) => certify(closeOnModel(...scene))),
  fc
    .tuple(arbitraryAcl, arbitraryAclPolicy)
    .map(([acl, policy]) => certify(closeOnModel(acl, [{ id: 'EC2.21', parameters: [] }], policy))),
);

/** Whether a file with this text would be refused, whatever for. */
function isRefused(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return true;
  }
  const evidence = readEvidence(value);
  if (!evidence.ok) return true;
  const document = { name: 'file', value, file: { text, value } };
  return verifyCertificates([{ document, evidence: evidence.value }], sha256).some(({ statements }) =>
    statements.some(({ verdict }) => verdict === 'does-not-hold'),
  );
}

const [GROUP] = fc.sample(arbitraryGroup, { numRuns: 1, seed: 7 });
const CERTIFICATE = certify(
  closeOnModel(
    {
      kind: 'security-group',
      id: 'sg-0a1b2c3d',
      name: 'web',
      tags: [],
      prefixLists: GROUP?.prefixLists ?? {},
      rules: [
        {
          SecurityGroupRuleId: 'sgr-1',
          IsEgress: false,
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIpv4: '0.0.0.0/0',
        },
        {
          SecurityGroupRuleId: 'sgr-2',
          IsEgress: false,
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          CidrIpv4: '0.0.0.0/0',
        },
      ],
    },
    [{ id: 'EC2.13', parameters: [] }],
    DEFAULT_PLAN_POLICY,
  ),
);

describe('A certificate', () => {
  test('of which any one character is another is refused', () => {
    const character = fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }).filter((one) => one.trim() !== '');
    const changes = fc.array(fc.tuple(fc.nat(), character), {
      minLength: CHANGES_PER_CERTIFICATE,
      maxLength: CHANGES_PER_CERTIFICATE,
    });
    assertProperty(
      fc.property(certificates, changes, (certificate, all) => {
        const text = JSON.stringify(certificate);
        expect(isRefused(text)).toBe(false);
        for (const [at, other] of all) {
          const place = at % text.length;
          if (text[place] === other) continue;
          const changed = `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
          if (!isRefused(changed)) throw new Error(`Nobody sees ${changed.slice(Math.max(0, place - 30), place + 30)}`);
        }
      }),
    );
  });

  test('of which any one value is another is refused', () => {
    assertProperty(
      fc.property(certificates, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (certificate, places) => {
        for (const place of places) {
          const changed = JSON.parse(JSON.stringify(certificate)) as Certificate;
          const leaves = leavesOf(changed);
          const [holder, key] = leaves[place % leaves.length] ?? [];
          if (holder === undefined || key === undefined) throw new Error('a certificate without a value');
          holder[key] = another(holder[key]);
          expect(isRefused(JSON.stringify(changed))).toBe(true);
        }
      }),
    );
  });

  test('of which nothing but white space is another holds as it did', () => {
    expect(isRefused(JSON.stringify(CERTIFICATE, null, 4))).toBe(false);
    expect(isRefused(`\r\n${JSON.stringify(CERTIFICATE)}\r\n`)).toBe(false);
  });

  test('that says something twice, so that people read one thing and programs another, is refused', () => {
    const text = JSON.stringify(CERTIFICATE);
    const twice = text.replace('"outcome":{', '"outcome":{"outcome":"closed","reason":"All is well."},"outcome":{');
    expect(JSON.parse(twice)).toEqual(CERTIFICATE);
    expect(isRefused(twice)).toBe(true);
    expect(isRefused(text.replace('close', '\\u0063lose'))).toBe(true);
  });

  test.each(Object.keys(CERTIFICATE.parts))('names the part that was changed: %s', (part) => {
    const changed = { ...CERTIFICATE, parts: { ...CERTIFICATE.parts, [part]: 'something else' } };
    expect(findFaults(changed)).toContainEqual(
      expect.objectContaining({ check: 'unchanged', verdict: 'does-not-hold', part }),
    );
  });

  test('without a part, without its hash, or with a part too many is refused', () => {
    const { outcome: _outcome, ...parts } = CERTIFICATE.parts;
    const { times: _times, ...hashes } = CERTIFICATE.hashes;
    expect(findFaults({ ...CERTIFICATE, parts })).toContainEqual(
      doesNotHold('unchanged', { code: 'part-missing', part: 'outcome' }, 'outcome'),
    );
    expect(findFaults({ ...CERTIFICATE, hashes })).toContainEqual(
      doesNotHold('unchanged', { code: 'part-hash-missing', part: 'times' }, 'times'),
    );
    expect(findFaults({ ...CERTIFICATE, parts: { ...CERTIFICATE.parts, more: null } })).toContainEqual(
      doesNotHold('unchanged', { code: 'part-unknown', part: 'more' }),
    );
  });
});

type Holder = Record<string, unknown>;

/** Everything in it that is no object or list, with what holds it. */
function leavesOf(value: object): readonly (readonly [Holder, string])[] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null ? leavesOf(member) : [[value as Holder, key] as const],
  );
}

function another(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return `${value}x`;
    case 'number':
      return value + 1;
    case 'boolean':
      return !value;
    default:
      return 'x';
  }
}
