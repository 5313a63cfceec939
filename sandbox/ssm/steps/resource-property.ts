import { JsonPathError, selectByJsonPath } from '../../runtime/json-path';
import { sleep } from '../../runtime/sleep';
import { toText } from '../template';
import { callAwsApi } from './call-aws-api';
import { StepFailure, type StepAction, type StepContext } from './step';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-assertAwsResourceProperty.html */
export const assertAwsResourceProperty: StepAction = async (context) => {
  const { payload, found, desired } = await readProperty(context);
  if (desired.includes(found)) return { payload };
  throw new StepFailure(`Desired values ${JSON.stringify(desired)} do not include the property's value ${found}.`);
};

const POLL_MILLIS = 5_000;
const DEFAULT_TIMEOUT_SECONDS = 3_600;

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html */
export const waitForAwsResourceProperty: StepAction = async (context) => {
  const { clock } = context.world;
  const endMillis = clock.now() + (context.step.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000;
  for (;;) {
    const { payload, found, desired } = await readProperty(context);
    if (desired.includes(found)) return { payload };
    if (clock.now() + POLL_MILLIS > endMillis) {
      throw new StepFailure(
        `Timed out; the property's value was ${found}, not one of ${JSON.stringify(desired)}.`,
        'TimedOut',
      );
    }
    await sleep(clock, POLL_MILLIS);
  }
};

async function readProperty(
  context: StepContext,
): Promise<{ readonly payload: unknown; readonly found: string; readonly desired: readonly string[] }> {
  const { PropertySelector, DesiredValues, ...call } = context.inputs;
  if (typeof PropertySelector !== 'string' || !Array.isArray(DesiredValues)) {
    throw new StepFailure('PropertySelector and DesiredValues are required.');
  }
  const payload = await callAwsApi(context, call);
  return { payload, found: toText(select(payload, PropertySelector) ?? ''), desired: DesiredValues.map(toText) };
}

function select(payload: unknown, selector: string): unknown {
  try {
    return selectByJsonPath(payload, selector);
  } catch (error) {
    if (error instanceof JsonPathError) throw new StepFailure(error.message);
    throw error;
  }
}
