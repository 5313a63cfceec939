import type { Certificate } from '../../../../src/core/certificate/certificate';
import { toCertificateContents } from '../../../../src/core/certificate/making/to-certificate-contents';
import { sealCertificate } from '../../../../src/core/certificate/seal-certificate';
import { doesNotHold, holds } from '../../../../src/core/certificate/verification/statement';
import type { StatementReason } from '../../../../src/core/reasons/statement-reasons';
import { asStored, findFaults, forge, sha256, verify } from '../certified';
import { CLOSED } from './web-group';

describe('A chain', () => {
  const contents = toCertificateContents(CLOSED.record, CLOSED.after);
  const chain: Certificate[] = [];
  for (let sequence = 1; sequence <= 4; sequence++) {
    const remediationId = `rem-000000000000000${String(sequence)}`;
    const place = { sequence, previous: chain.at(-1)?.hash ?? null };
    chain.push(asStored(sealCertificate({ ...contents, remediationId }, place, sha256)));
  }
  const [one, two, three, four] = chain;

  test('holds in any order of files, twice the same one included, and from wherever it begins', () => {
    expect(findFaults(four, one, three, two)).toEqual([]);
    expect(findFaults(one, one, two)).toEqual([]);
    expect(findFaults(three, four)).toEqual([]);
    expect(verify(three)).toContainEqual(holds('chain', { code: 'chain-begins-later', sequence: 3 }));
  });

  test.each<[string, readonly unknown[], StatementReason]>([
    ['one is missing', [one, two, four], { code: 'numbers-missing', from: 3, to: 3 }],
    ['several are missing', [one, four], { code: 'numbers-missing', from: 2, to: 3 }],
  ])('is broken where %s', (_, certificates, reason) => {
    expect(findFaults(...certificates)).toEqual([doesNotHold('chain', reason)]);
  });

  test('is broken where one was put in place of another, hashes and all', () => {
    const other = two && forge(two, { outcome: { outcome: 'closed', reason: 'Something else.' } });
    expect(findFaults(one, other, three)).toEqual([doesNotHold('chain', { code: 'another-before', sequence: 2 })]);
    expect(findFaults(one, two, other)).toEqual([doesNotHold('chain', { code: 'number-twice', sequence: 2 })]);
  });

  test('begins with one that names none before it, and only that one does', () => {
    const place = (sequence: number, previous: string | null) =>
      asStored(sealCertificate(contents, { sequence, previous }, sha256));
    expect(findFaults(place(1, 'abc'))).toEqual([doesNotHold('chain', { code: 'first-names-one-before' })]);
    expect(findFaults(place(2, null))).toEqual([doesNotHold('chain', { code: 'names-none-before', sequence: 2 })]);
  });

  test('is of one target: certificates of others do not stand between', () => {
    const { target } = contents.parts;
    const others = ['us-east-1', 'us-west-2'].map((region) => ({
      ...contents,
      parts: { ...contents.parts, target: { ...target, region } },
    }));
    const firsts = others.map((each) => asStored(sealCertificate(each, { sequence: 1, previous: null }, sha256)));
    expect(findFaults(one, ...firsts, two)).toEqual([]);
  });
});
