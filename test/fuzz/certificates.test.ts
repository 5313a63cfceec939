import fc from 'fast-check';
import { toCanonicalJson } from '../../src/core/certificate/canonical-json';
import type { Certificate } from '../../src/core/certificate/certificate';
import { sealCertificate } from '../../src/core/certificate/seal-certificate';
import { readEvidence } from '../../src/core/certificate/verification/evidence';
import { verifyCertificates } from '../../src/core/certificate/verification/verify-certificates';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { certify, sha256 } from '../core/certificate/certified';
import { closeOnModel } from '../core/certificate/on-model';
import { CERTIFICATE } from '../core/certificate/verification/web-group';
import { arbitraryMutated, shortened, toText, type Mutated } from './mutated';
import { RUNS, TIMEOUT_MILLISECONDS } from './runs';
import { Tally } from './tally';

const ACL_CERTIFICATE = certify(
  closeOnModel(
    {
      kind: 'network-acl',
      id: 'acl-0a1b2c3d4e5f60718',
      isDefault: false,
      tags: [],
      entries: [
        { RuleNumber: 100, Egress: false, Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 32767, Egress: false, Protocol: '-1', RuleAction: 'deny', CidrBlock: '0.0.0.0/0' },
      ],
    },
    [{ id: 'EC2.21', parameters: [] }],
    DEFAULT_PLAN_POLICY,
  ),
);

const SAMPLES: readonly Certificate[] = [CERTIFICATE, ACL_CERTIFICATE];

/** Holds it to what the command promises, and names its class. */
function classify(value: unknown): string {
  const evidence = readEvidence(value);
  if (!evidence.ok) {
    expect(evidence.error).not.toBe('');
    return 'refused';
  }
  const [verified] = verifyCertificates([{ document: { name: 'file', value }, evidence: evidence.value }], sha256);
  const verdicts = new Set(verified?.statements.map(({ verdict }) => verdict));
  expect(verdicts.size).toBeGreaterThan(0);
  if (verdicts.has('does-not-hold')) return 'does not hold';
  return verdicts.has('could-not-tell') ? 'could not tell' : 'holds';
}

const AS_EVER: ReadonlySet<string> = new Set(SAMPLES.map((sample) => toCanonicalJson(sample)));

/** Somebody who forges the parts makes their hashes fit, as far as there are parts. */
function resealed(value: unknown): unknown {
  const { remediationId, parts, sequence, previous } = (value ?? {}) as Certificate;
  try {
    return JSON.parse(JSON.stringify(sealCertificate({ remediationId, parts }, { sequence, previous }, sha256)));
  } catch {
    return value;
  }
}

async function fuzz(title: string, labels: readonly string[], check: (value: unknown) => string): Promise<void> {
  const tally = new Tally();
  await fc.assert(
    fc.asyncProperty(arbitraryMutated(), async (mutated: Mutated) => {
      const text = toText(SAMPLES, mutated);
      await tally.time(() => {
        try {
          return check(JSON.parse(text));
        } catch (error) {
          throw new Error(shortened(text), { cause: error });
        }
      });
    }),
    { numRuns: RUNS },
  );
  tally.print(title);
  // A fuzzer whose inputs all end alike tests one branch.
  for (const label of labels) expect(tally.labels()).toContain(label);
}

test(
  'a mutated certificate gets a verdict, never an exception, and holds only when it says the same as before',
  () =>
    fuzz('verify', ['refused', 'does not hold'], (value) => {
      const verdict = classify(value);
      if (verdict === 'holds') expect(AS_EVER).toContain(toCanonicalJson(value));
      return verdict;
    }),
  TIMEOUT_MILLISECONDS,
);

test(
  'one that was mutated and then sealed anew gets a verdict as well',
  () =>
    fuzz('verify what was sealed anew', ['refused', 'does not hold', 'holds'], (value) => classify(resealed(value))),
  TIMEOUT_MILLISECONDS,
);
