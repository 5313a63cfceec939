import { withBaselinePorts } from '../../core/controls/baseline';
import { BASELINE, type ControlParameter } from '../../core/controls/control-id';
import { ownProductArn } from '../../core/detection/to-own-findings';
import type { Finding } from '../../core/findings/finding';
import type { Policy } from '../../core/policy/policy-entry';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { ControlParameters, Durable, PortResult } from '../ports';
import type { CloseJob } from '../remediation/job';
import { triggerOf } from '../remediation/read-requested-findings';

export interface TrueParametersPorts {
  readonly durable: Durable;
  readonly parameters: ControlParameters;
}

/**
 * Whoever may import findings of an account's own product may write parameters on them as well, ours among them. Of
 * findings that nobody chose they are not believed: EC2.18 has the ports that the account's own Security Hub
 * authorizes, the baseline those of the configuration.
 */
export async function takeTrueParameters(
  { target, requests }: Pick<CloseJob, 'target' | 'requests'>,
  findings: readonly Finding[],
  { baseline }: Policy,
  remediationId: string,
  ports: TrueParametersPorts,
): PortResult<readonly Finding[]> {
  const product = ownProductArn(target);
  const isDoubted = (finding: Finding) =>
    finding.productArn === product && triggerOf(finding, requests) === 'automatic' && finding.control !== undefined;
  const doubted = findings.filter(isDoubted);
  const isNeeded = doubted.some(({ control }) => control?.id === 'EC2.18');
  const read = isNeeded ? await fetchAuthorizedPorts(target, remediationId, ports) : success([]);
  if (!read.ok) return read;
  const ofBaseline = baseline === undefined ? [] : withBaselinePorts(baseline).parameters;
  return success(
    findings.map((finding) => {
      const { control } = finding;
      if (control === undefined || !doubted.includes(finding)) return finding;
      if (control.id === 'EC2.18') return { ...finding, control: { ...control, parameters: read.value } };
      return control.id === BASELINE ? { ...finding, control: { ...control, parameters: ofBaseline } } : finding;
    }),
  );
}

function fetchAuthorizedPorts(
  target: Target,
  remediationId: string,
  { durable, parameters }: TrueParametersPorts,
): PortResult<readonly ControlParameter[]> {
  return durable.step('read authorized ports', () => parameters.fetchAuthorizedPorts(target, remediationId));
}
