import { UNDO_BEGINS_WITHIN_MINUTES } from '../../core/policy/undo-begins-within';
import { targetKey, type Target } from '../../core/target';
import { startRemediation } from '../intake/start-remediation';
import type { RemediationRequest } from '../ports';
import type { CommandPorts } from './command';

/** What became of a request that somebody asked for by a command. */
export interface AskedFor {
  readonly target: Target;
  readonly requestId: string;
  /**
   * `asked`: an execution that is alive has it, or will. `withdrawn`: it could not be started, and nobody will carry it
   * out. `stands`: neither is certain, and somebody may.
   */
  readonly status: 'asked' | 'withdrawn' | 'stands';
  /** Why it is not `asked`, and what to do. */
  readonly reason?: string;
}

/** Writes a request and sees to it that an execution works on it; one that could not be started is taken back. */
export async function ask(target: Target, request: RemediationRequest, ports: CommandPorts): Promise<AskedFor> {
  const asked = { target, requestId: request.id };
  const started = await startRemediation({ target, requests: [request] }, ports);
  if (started.ok) return { ...asked, status: 'asked' };
  const { cause } = started.error;
  const withdrawn = await ports.ledger.withdrawRequest(target, request.id, ports.clock.now());
  if (!withdrawn.ok) return { ...asked, status: 'stands', reason: describeStatus(asked, request, cause) };
  switch (withdrawn.value) {
    case 'withdrawn':
      return { ...asked, status: 'withdrawn', reason: `${cause} The request was withdrawn: nothing will be done.` };
    case 'unknown':
      return { ...asked, status: 'withdrawn', reason: `${cause} Nothing was written: nothing will be done.` };
    case 'begun':
    case 'answered':
      // Another execution has found it meanwhile.
      return { ...asked, status: 'asked' };
  }
}

function describeStatus(
  { target, requestId }: Pick<AskedFor, 'target' | 'requestId'>,
  { action }: RemediationRequest,
  cause: string,
): string {
  const until =
    action === 'undo'
      ? `until ${String(UNDO_BEGINS_WITHIN_MINUTES)} minutes have passed, whatever comes for the target carries it out`
      : 'whatever comes for the target carries it out';
  const place = `${target.account}/${target.region}/${target.id}`;
  return (
    `${cause} Its request on ${targetKey(target)} may stand: ${until}. ` +
    `To withdraw it: portcullis withdraw ${requestId} --target ${place}`
  );
}
