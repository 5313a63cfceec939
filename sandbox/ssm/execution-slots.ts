import { AwsError } from '../runtime/aws-error';
import { Regional } from '../runtime/regional';

/** https://docs.aws.amazon.com/general/latest/gr/ssm.html, without adaptive concurrency */
const RUNNING_AT_ONCE = 100;
const MAX_QUEUED = 5_000;

/** How many executions of one account and Region run at the same time; more wait in the order of their start. */
export class ExecutionSlots {
  readonly #runningAtOnce: number;
  readonly #places = new Regional(() => ({ running: 0, waiting: [] as (() => Promise<void>)[] }));

  constructor(runningAtOnce = RUNNING_AT_ONCE) {
    this.#runningAtOnce = runningAtOnce;
  }

  /** @throws AwsError AutomationExecutionLimitExceededException */
  checkRoom(account: string, region: string): void {
    if (this.#places.at(account, region).waiting.length < MAX_QUEUED) return;
    throw new AwsError(
      'AutomationExecutionLimitExceededException',
      `The number of simultaneously running Automation executions exceeded the allowable limit.`,
    );
  }

  /** Runs it now, or when those before it have ended. */
  run(account: string, region: string, execution: () => Promise<void>): void {
    const place = this.#places.at(account, region);
    if (place.running >= this.#runningAtOnce) {
      place.waiting.push(execution);
      return;
    }
    place.running += 1;
    void execution().finally(() => {
      place.running -= 1;
      const next = place.waiting.shift();
      if (next) this.run(account, region, next);
    });
  }
}
