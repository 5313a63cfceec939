import fc from 'fast-check';
import type { Certificate } from '../../../src/core/certificate/certificate';
import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY, type PlanPolicy } from '../../../src/core/planning/plan-policy';
import { toVerdict } from '../../../src/core/verification/to-verdict';
import { arbitraryExcepted } from '../../oracle/arbitrary-exceptions';
import { arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { certify, findFaults } from './certified';
import { closeOnModel } from './on-model';

/** Of a closing that exceptions had a part in; undefined where nothing ran. */
function certifyClosing(
  group: SecurityGroup,
  controls: readonly RequestedControl[],
  policy: PlanPolicy,
): Certificate | undefined {
  const { record, after } = closeOnModel(group, controls, policy);
  if (record.outcome !== 'closed') return undefined;
  const plain = controls.map(({ id, parameters }) => ({ id, parameters }));
  const outcome = toVerdict({ kind: 'found', resource: after }, plain).kind === 'closed' ? 'closed' : 'excepted';
  const exceptions = controls.flatMap(({ id, except = [] }) =>
    except.length === 0
      ? []
      : [{ exceptionId: `exc-${id}`, control: id, covers: except, reason: '', by: '', until: '' }],
  );
  return certify({ record: { ...record, outcome, exceptions }, after });
}

test('The certificate of a closing beside exceptions holds', () => {
  assertProperty(
    fc.property(arbitraryGroup, arbitraryExcepted, arbitraryPolicy, (group, controls, policy) => {
      const certificate = certifyClosing(group, controls, policy);
      if (certificate) expect(findFaults(certificate)).toEqual([]);
    }),
  );
});

describe('The half of the internet that an exception does not name', () => {
  const rules: readonly SecurityGroupRule[] = ['0.0.0.0/0', '128.0.0.0/1', '144.0.0.0/4'].map((CidrIpv4) => ({
    SecurityGroupRuleId: `sgr-${CidrIpv4}`,
    GroupId: 'sg-0a1b2c3d',
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    CidrIpv4,
    Tags: [],
  }));
  const group: SecurityGroup = {
    kind: 'security-group',
    id: 'sg-0a1b2c3d',
    name: 'web',
    tags: [],
    rules,
    prefixLists: {},
  };
  const ssh = [{ from: 22, to: 22 }];
  const controls = [{ id: 'EC2.13', parameters: [], except: [{ source: '0.0.0.0/1', tcp: ssh, udp: [] }] }] as const;
  const certificate = certifyClosing(group, controls, DEFAULT_PLAN_POLICY);

  test('goes in one plan, with a certificate that names the exception and holds', () => {
    expect(certificate?.parts.after).toMatchObject({ rules: [{ CidrIpv4: '144.0.0.0/4' }, { CidrIpv4: '0.0.0.0/1' }] });
    expect(certificate?.parts.controls).toMatchObject([
      { except: [{ exceptionId: 'exc-EC2.13', source: '0.0.0.0/1' }] },
    ]);
    expect(findFaults(certificate)).toEqual([]);
  });

  test('is no reason to remove a rule that has no part in it', () => {
    const { record, after } = closeOnModel(group, controls, DEFAULT_PLAN_POLICY);
    if (after.kind !== 'security-group') throw new Error('no group');
    const without = { ...after, rules: after.rules.filter(({ CidrIpv4 }) => CidrIpv4 !== '144.0.0.0/4') };
    const exceptions = [
      { exceptionId: 'exc-1', control: 'EC2.13', covers: controls[0].except, reason: '', by: '', until: '' },
    ] as const;
    expect(findFaults(certify({ record: { ...record, exceptions }, after: without }))).toMatchObject([
      { reason: { code: 'compliant-rule-gone', rule: 'ingress tcp 22 from 144.0.0.0/4' } },
    ]);
  });

  test('is a compliant rule where no exception was in force', () => {
    const { record, after } = closeOnModel(group, controls, DEFAULT_PLAN_POLICY);
    expect(findFaults(certify({ record, after }))).toMatchObject([
      { reason: { code: 'compliant-rule-gone', rule: 'ingress tcp 22 from 128.0.0.0/1' } },
    ]);
  });
});
