import { toSweepId } from '../../core/sweeping/sweep';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { ScanInput } from './command-input';

/** Has the sweeper read accounts × Regions. What it finds is in the ledger, place by place. */
export async function startScan(
  { askId, accounts, regions, controls, imports }: ScanInput,
  caller: Caller,
  { log, regions: known, securityHub, sweeps }: CommandPorts,
): Promise<CommandAnswer> {
  if (imports && securityHub === 'v2') {
    const reason =
      '--import: true imports findings of our own into Security Hub CSPM, and the deployment, with securityHub: v2, takes ' +
      'none from there; scan without --import, or write securityHub: both in portcullis.yaml and deploy the hub';
    return { kind: 'refused', reason };
  }
  const strange = (regions ?? []).filter((region) => !known.includes(region));
  if (strange.length > 0) {
    const reason = `regions: ${strange.join(', ')} is none of members.regions; write some of ${known.join(', ')}`;
    return { kind: 'refused', reason };
  }
  const sweepId = toSweepId(askId);
  const started = await sweeps.start({
    sweepId,
    by: `portcullis scan by ${caller.arn}`,
    ...(accounts === undefined ? {} : { accounts: [...new Set(accounts)].sort() }),
    regions: known.filter((region) => regions === undefined || regions.includes(region)),
    ...(controls === undefined ? {} : { controls }),
    imports,
  });
  if (!started.ok) return { kind: 'failed', reason: started.error.cause };
  log.info('Sweep asked for', { sweepId, caller: caller.arn, imports });
  return { kind: 'done', body: { sweepId } };
}
