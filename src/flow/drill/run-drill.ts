import type { Sha256 } from '../../core/certificate/seal-certificate';
import { toOpening } from '../../core/drill/drill-control';
import type { DrillStep } from '../../core/drill/drill-step';
import type { Target } from '../../core/target';
import type { DrillPorts } from '../ports';
import { makeGroups, makeNetworkAcl, type MadeGroup } from './make-targets';
import type { DrillOrder } from './order';
import { close, importFinding, openTarget, undo, type Stage } from './play-chain';
import { proveCertificates } from './prove-certificates';
import { proveFields, proveFieldsKept } from './prove-fields';
import { proveLists, proveMismatch, proveNumbers, proveToken } from './prove-runbooks';
import { createStepper, type Stepper } from './stepper';

export interface DrillReporting {
  readonly report: (step: DrillStep) => void;
  readonly begin?: (step: string) => void;
  readonly sha256: Sha256;
}

/**
 * Plays the whole chain on what it makes: proves what only AWS can show, then has the deployment close, undo and close
 * again. It goes on where a step shows something else than was assumed, as far as that can be distinguished. It removes
 * nothing: {@link cleanUp} does, whatever becomes of this.
 *
 * @returns the certificates, as far as it came
 */
export async function runDrill(
  order: DrillOrder,
  ports: DrillPorts,
  { report, begin, sha256 }: DrillReporting,
): Promise<readonly unknown[]> {
  const stepper = createStepper(ports, report, begin);
  const groups = await stepper.run('security group', () => makeGroups(order, ports));
  const [first] = groups ?? [];
  if (groups === undefined || first === undefined) return [];
  await proveAssumptions(groups, first, stepper, order, ports);
  const target =
    order.control === 'EC2.21'
      ? await stepper.run('network ACL', () => makeNetworkAcl(order, first.vpc.id, ports))
      : first.target;
  return target === undefined ? [] : playChain(target, sha256, stepper, order, ports);
}

async function proveAssumptions(
  groups: readonly MadeGroup[],
  first: MadeGroup,
  stepper: Stepper,
  order: DrillOrder,
  ports: DrillPorts,
): Promise<void> {
  await stepper.run('numbers', () => proveNumbers(first, order, ports));
  await stepper.run('lists of maps', () => proveLists(first, order, ports));
  await stepper.run('repeated token', () => proveToken(first, order, ports));
  for (const group of groups) {
    await stepper.run(group.vpc.isDefault ? 'unknown rule, default' : 'unknown rule', () =>
      proveMismatch(group, order, ports),
    );
  }
}

async function playChain(
  target: Target,
  sha256: Sha256,
  stepper: Stepper,
  order: DrillOrder,
  ports: DrillPorts,
): Promise<readonly unknown[]> {
  const opening = toOpening(order.control, order.drillId);
  const isOpen = await stepper.run('open', () => openTarget({ target, opening }, order, ports));
  if (isOpen === undefined) return [];
  const finding = await stepper.run('finding', () => importFinding(target, order, ports));
  if (finding === undefined) return [];
  const stage: Stage = { target, opening, finding };
  const hasFields = await stepper.run('user-defined fields', () => proveFields(finding, ports));
  const closing = await stepper.run('close', () => close(stage, { by: order.closedBy, key: 'close' }, order, ports));
  if (closing === undefined) return certificates();
  const undone = await stepper.run('undo', () => undo(closing, stage, order, ports));
  if (undone === undefined) return certificates();
  // What was undone is closed by a person only.
  await stepper.run('close again', () => close(stage, { by: 'command', key: 'close again' }, order, ports));
  if (hasFields === true) await stepper.run('fields of others', () => proveFieldsKept(finding, ports));
  else stepper.skip('fields of others', 'none was set');
  return (await stepper.run('certificates', () => proveCertificates(target, sha256, ports))) ?? [];

  async function certificates(): Promise<readonly unknown[]> {
    const chain = await ports.deployment.fetchCertificates(target);
    return chain.ok ? chain.value : [];
  }
}
