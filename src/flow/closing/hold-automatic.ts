import type { Finding } from '../../core/findings/finding';
import { describeHold } from '../../core/updates/describe-hold';
import { because, type Because } from '../../core/reasons/because';
import type { Brake, Durable } from '../ports';
import type { CloseJob } from '../remediation/job';
import { triggerOf } from '../remediation/read-requested-findings';

/** Findings that nobody chose, with the reason why nothing is done about them by itself. */
export interface HeldFindings extends Because {
  readonly findings: readonly Finding[];
}

/**
 * While an account is held, what nobody chose asks a person; what a person chose goes on. A look-up that fails never
 * widens what is done automatically. Undefined when nothing is held.
 */
export async function holdAutomatic(
  job: CloseJob,
  findings: readonly Finding[],
  { brake, durable }: { readonly brake: Pick<Brake, 'fetchHold'>; readonly durable: Durable },
): Promise<HeldFindings | undefined> {
  const automatic = findings.filter((finding) => triggerOf(finding, job.requests) === 'automatic');
  if (automatic.length === 0) return undefined;
  const { account } = job.target;
  const read = await durable.step('read the hold of the account', async () => {
    const held = await brake.fetchHold(account);
    return held.ok ? { ok: true as const, value: held.value ?? null } : held;
  });
  if (!read.ok) return { findings: automatic, ...because({ code: 'service-failed', cause: read.error.cause }) };
  if (read.value === null) return undefined;
  return { findings: automatic, ...because({ code: 'automatic-held', hold: describeHold(read.value, account) }) };
}
