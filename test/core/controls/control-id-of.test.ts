import { CONTROL_IDS, type ControlId } from '../../../src/core/controls/control-id';
import { controlIdOf } from '../../../src/core/controls/control-id-of';
import { generatorIdsOf } from '../../../src/core/controls/generator-ids';

const GENERATORS: readonly (readonly [generatorId: string, control: ControlId | undefined])[] = [
  ['security-control/EC2.18', 'EC2.18'],
  ['aws-foundational-security-best-practices/v/1.0.0/EC2.2', 'EC2.2'],
  ['aws-foundational-security-best-practices/v/1.0.0/EC2.19', 'EC2.19'],
  ['arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/4.1', 'EC2.13'],
  ['arn:aws-cn:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/4.2', 'EC2.14'],
  ['arn:aws-us-gov:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/4.3', 'EC2.2'],
  ['cis-aws-foundations-benchmark/v/1.4.0/5.1', 'EC2.21'],
  ['cis-aws-foundations-benchmark/v/1.4.0/5.3', 'EC2.2'],
  ['cis-aws-foundations-benchmark/v/3.0.0/5.1', 'EC2.21'],
  ['cis-aws-foundations-benchmark/v/3.0.0/5.2', 'EC2.53'],
  ['cis-aws-foundations-benchmark/v/3.0.0/5.3', 'EC2.54'],
  ['cis-aws-foundations-benchmark/v/3.0.0/5.4', 'EC2.2'],
  ['cis-aws-foundations-benchmark/v/5.0.0/5.2', 'EC2.21'],
  ['cis-aws-foundations-benchmark/v/5.0.0/5.3', 'EC2.53'],
  ['cis-aws-foundations-benchmark/v/5.0.0/5.4', 'EC2.54'],
  ['cis-aws-foundations-benchmark/v/5.0.0/5.5', 'EC2.2'],
  ['pci-dss/v/3.2.1/PCI.EC2.2', 'EC2.2'],
  ['pci-dss/v/3.2.1/PCI.EC2.5', 'EC2.13'],
  ['nist-800-53/v/5.0.0/EC2.13', 'EC2.13'],
  ['nist-800-171/v/2.0.0/EC2.18', 'EC2.18'],
  ['service-managed-aws-control-tower/v/1.0.0/EC2.19', 'EC2.19'],
  ['security-control/EC2.182', undefined],
  ['security-control/EC2.1', undefined],
  ['security-control/EC2.18/more', undefined],
  ['my-security-control/EC2.18', undefined],
  ['cis-aws-foundations-benchmark/v/5.0.0/5.1.1', undefined],
  ['cis-aws-foundations-benchmark/v/1.4.0/5.2', undefined],
  ['arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/4.11', undefined],
  ['arn:evil:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/4.1', undefined],
  ['pci-dss/v/3.2.1/PCI.EC2.1', undefined],
  ['', undefined],
];

const PROWLER: readonly (readonly [check: string, control: ControlId | undefined])[] = [
  ['ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22', 'EC2.13'],
  ['ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389', 'EC2.14'],
  ['ec2_securitygroup_allow_ingress_from_internet_to_all_ports', 'EC2.18'],
  ['ec2_securitygroup_default_restrict_traffic', 'EC2.2'],
  ['ec2_networkacl_allow_ingress_tcp_port_22', 'EC2.21'],
  ['ec2_networkacl_allow_ingress_tcp_port_3389', 'EC2.21'],
  // Its user may choose the ports.
  ['ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports', undefined],
  // Fails on tcp 443 too, which no control forbids.
  ['ec2_securitygroup_allow_ingress_from_internet_to_any_port', undefined],
  ['ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_222', undefined],
  ['constructor', undefined],
];

describe('controlIdOf', () => {
  test.each(GENERATORS)('takes generator %s for %s', (GeneratorId, control) => {
    expect(controlIdOf({ GeneratorId })).toBe(control);
  });

  test.each(PROWLER)('takes Prowler’s %s for %s', (check, control) => {
    expect(controlIdOf({ GeneratorId: `prowler-${check}` })).toBe(control);
    expect(controlIdOf({ GeneratorId: check })).toBeUndefined();
  });

  test('the consolidated id decides alone', () => {
    const GeneratorId = 'security-control/EC2.13';
    expect(controlIdOf({ GeneratorId, Compliance: { SecurityControlId: 'EC2.19' } })).toBe('EC2.19');
    expect(controlIdOf({ GeneratorId, Compliance: { SecurityControlId: 'S3.1' } })).toBeUndefined();
    expect(controlIdOf({ GeneratorId, Compliance: { SecurityControlId: 'EC2.182' } })).toBeUndefined();
  });

  test.each<[Readonly<Record<string, string>>, ControlId | undefined]>([
    [{ ControlId: 'EC2.18' }, 'EC2.18'],
    [{ ControlId: 'CT.EC2.19' }, 'EC2.19'],
    [
      { ControlId: '5.2', StandardsArn: 'arn:aws:securityhub:::standards/cis-aws-foundations-benchmark/v/3.0.0' },
      'EC2.53',
    ],
    [
      { ControlId: '5.2', StandardsArn: 'arn:aws:securityhub:::standards/cis-aws-foundations-benchmark/v/5.0.0' },
      'EC2.21',
    ],
    [{ ControlId: '5.2' }, undefined],
    [{ ControlId: 'PCI.EC2.5', StandardsArn: 'arn:aws:securityhub:::standards/pci-dss/v/3.2.1' }, 'EC2.13'],
    [
      { RuleId: '4.1', StandardsGuideArn: 'arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0' },
      'EC2.13',
    ],
    [{ RuleId: '4.1' }, undefined],
    [{ ControlId: 'EC2.182' }, undefined],
    [{}, undefined],
  ])('takes product fields %j for %s', (ProductFields, control) => {
    expect(controlIdOf({ ProductFields })).toBe(control);
  });
});

describe('generatorIdsOf', () => {
  test.each(CONTROL_IDS)('names %s and nothing else, in every standard', (control) => {
    const ids = generatorIdsOf(control, 'aws-cn');
    expect(ids.map((GeneratorId) => controlIdOf({ GeneratorId }))).toEqual(ids.map(() => control));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names no check of Prowler: only a person has those closed', () => {
    for (const control of CONTROL_IDS) {
      expect(generatorIdsOf(control, 'aws').filter((id) => id.includes('prowler'))).toEqual([]);
    }
  });

  test('holds every form that is understood', () => {
    for (const [generatorId, control] of GENERATORS) {
      const partition = /^arn:(aws[a-z-]*):/.exec(generatorId)?.[1] ?? 'aws';
      if (control !== undefined) expect(generatorIdsOf(control, partition)).toContain(generatorId);
    }
  });
});
