import type { Certificate } from '../../../../src/core/certificate/certificate';
import { toCertificateContents } from '../../../../src/core/certificate/making/to-certificate-contents';
import { sealCertificate } from '../../../../src/core/certificate/seal-certificate';
import { asStored, forge, sha256 } from '../certified';
import { CLOSED, statementsOf, textsOf } from './web-group';

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
    expect(textsOf(four, one, three, two)).toEqual([]);
    expect(textsOf(one, one, two)).toEqual([]);
    expect(textsOf(three, four)).toEqual([]);
    expect(three && statementsOf(three)).toHaveProperty(
      'chain',
      'begins with number 3: what was before is not among the files',
    );
  });

  test.each<[string, readonly unknown[], string]>([
    ['one is missing', [one, two, four], 'chain: number 3 is missing before it'],
    ['several are missing', [one, four], 'chain: numbers 2 to 3 are missing before it'],
  ])('is broken where %s', (_, certificates, text) => {
    expect(textsOf(...certificates)).toEqual([text]);
  });

  test('is broken where one was put in place of another, hashes and all', () => {
    const other = two && forge(two, { outcome: { outcome: 'closed', reason: 'Something else.' } });
    expect(textsOf(one, other, three)).toEqual(['chain: number 2 is not the one that it names as the one before it']);
    expect(textsOf(one, two, other)).toEqual(['chain: there are two certificates with number 2']);
  });

  test('begins with one that names none before it, and only that one does', () => {
    const place = (sequence: number, previous: string | null) =>
      asStored(sealCertificate(contents, { sequence, previous }, sha256));
    expect(textsOf(place(1, 'abc'))).toEqual(['chain: the first one names one before it']);
    expect(textsOf(place(2, null))).toEqual(['chain: number 2 names none before it']);
  });

  test('is of one target: certificates of others do not stand between', () => {
    const { target } = contents.parts;
    const others = ['us-east-1', 'us-west-2'].map((region) => ({
      ...contents,
      parts: { ...contents.parts, target: { ...target, region } },
    }));
    const firsts = others.map((each) => asStored(sealCertificate(each, { sequence: 1, previous: null }, sha256)));
    expect(textsOf(one, ...firsts, two)).toEqual([]);
  });
});
