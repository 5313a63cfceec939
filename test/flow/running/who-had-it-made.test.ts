import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { failure, success } from '../../../src/core/result';
import type { Target } from '../../../src/core/target';
import { readWhoHadItMade } from '../../../src/flow/running/read-who-had-it-made';

const TARGET: Target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-0aaa1111bbb2222cc',
};
const RULE: SecurityGroupRule = { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' };
const tagged = (Value: string) => ({ ...RULE, Tags: [{ Key: 'portcullis:remediation', Value }] });

type Stored = Partial<Pick<RemediationRecord, 'action' | 'target'>>;

async function whoMade(rule: SecurityGroupRule, stored: Stored | undefined, restoredBy?: object) {
  const reads: string[] = [];
  const record = stored && { remediationId: 'rem-1', decidedBy: 'Kim', action: 'undo', target: TARGET, ...stored };
  const who = await readWhoHadItMade(TARGET, new Map([['sgr-1', rule]]), {
    fetchRestored: () => {
      reads.push('restored');
      return Promise.resolve(
        success(restoredBy ? [{ rule: RULE, at: '', remediationId: 'rem-1', ...restoredBy }] : []),
      );
    },
    fetchRemediation: (id) => {
      reads.push(id);
      return Promise.resolve(
        id === 'rem-1' && record
          ? success(record as RemediationRecord)
          : failure({ code: 'invalid', retryable: false, cause: 'no key' }),
      );
    },
  });
  return { who: who.get('sgr-1'), reads };
}

test.each([
  ['an undo', { action: 'undo' }, 'Kim (rem-1)'],
  ['a grant', { action: 'grant' }, 'Kim (rem-1)'],
  ['a closing that narrowed what was open', { action: 'close' }, 'Kim, which left it open (rem-1)'],
  ['a remediation that makes no rule', { action: 'preview' }, undefined],
  ['a remediation of another target', { target: { ...TARGET, account: '333333333333' } }, undefined],
  ['a remediation that the ledger does not have', undefined, undefined],
] as const)('a rule that names %s by its tag was made by whoever decided it', async (_, stored, who) => {
  expect(await whoMade(tagged('rem-1'), stored)).toEqual({ who, reads: ['rem-1'] });
});

test('a rule without our tag is known by what undos put back; what an undo only left there is none of ours', async () => {
  expect(await whoMade(RULE, {}, {})).toEqual({ who: 'Kim (rem-1)', reads: ['restored', 'rem-1'] });
  expect(await whoMade(RULE, {}, { wasLeft: true })).toEqual({ who: undefined, reads: ['restored'] });
});

test('what cannot be read, as for a tag that is no id, stays as CloudTrail has it', async () => {
  expect(await whoMade(tagged(''), {})).toEqual({ who: undefined, reads: [''] });
});

test('nothing is read where no runbook made anything', async () => {
  const never = () => Promise.reject(new Error('read'));
  expect(await readWhoHadItMade(TARGET, new Map(), { fetchRestored: never, fetchRemediation: never })).toEqual(
    new Map(),
  );
});
