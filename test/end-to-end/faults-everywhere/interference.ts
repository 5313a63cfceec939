import type { Call } from '../../../sandbox/runtime/call';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { REPLACEMENTS } from '../replaced-document';
import type { Injection } from './injection';
import { backUpLedger, restoreLedger } from './ledger-backup';
import { replaceDocuments } from './member-documents';
import type { Stage } from './stage';
import type { Subject } from './subject';
import { fetchTraces } from './traces';

const OFF_MILLIS = 65 * 60_000;

/** What people and machines around Portcullis do at a call: no fault of the call itself. */
export class Interference {
  readonly #stage: Stage;
  readonly #subject: Subject;
  readonly #ends: (() => Promise<void> | void)[] = [];
  /** Whether documents of the member did something else. */
  replacedDocuments = false;
  restoredLedger = false;
  /** What the ledger held before it was restored. */
  forgotten: readonly RemediationRecord[] = [];

  constructor(stage: Stage, subject: Subject) {
    this.#stage = stage;
    this.#subject = subject;
  }

  arm({ kind, point }: Injection): void {
    const act = this.#actOf(kind);
    if (act) this.#stage.hooks.before(point, act);
  }

  /** All is as it was before, but for what was done meanwhile; the ledger is restored. */
  async end(): Promise<void> {
    this.#stage.hooks.clear();
    for (const end of this.#ends) await end();
  }

  #actOf(kind: Injection['kind']): ((call: Call) => Promise<void>) | undefined {
    const stage = this.#stage;
    const { target } = this.#subject;
    const replacement = REPLACEMENTS.find((each) => kind === `replaced-${each}`);
    if (replacement) {
      return async () => {
        this.replacedDocuments = true;
        this.#ends.push(await replaceDocuments(stage, target, replacement));
      };
    }
    switch (kind) {
      case 'ledger-restored':
        return async () => {
          const backup = await backUpLedger(stage);
          this.#ends.push(async () => {
            this.restoredLedger = true;
            this.forgotten = (await fetchTraces(stage, target, [])).records;
            await restoreLedger(stage, backup);
          });
        };
      case 'clock-65-min-ahead':
        return (call) => this.#setClock(call, OFF_MILLIS);
      case 'clock-65-min-behind':
        return (call) => this.#setClock(call, -OFF_MILLIS);
      default:
        return undefined;
    }
  }

  #setClock({ principal }: Call, offMillis: number): Promise<void> {
    this.#stage.setClocks({ [toFunction(principal)]: offMillis });
    this.#ends.push(() => {
      this.#stage.setClocks({});
    });
    return Promise.resolve();
  }
}

/** A service puts messages into the dispatcher's queue; roles in members are assumed by the orchestrator alone. */
function toFunction(principal: Call['principal']): string {
  if (principal.kind !== 'role') return 'Portcullis-Dispatcher';
  return /-(Dispatcher|Commands)$/.test(principal.roleName) ? principal.roleName : 'Portcullis-Orchestrator';
}
