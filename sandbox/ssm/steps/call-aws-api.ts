import { AwsError } from '../../runtime/aws-error';
import { sleep } from '../../runtime/sleep';
import { findOperationSchema } from '../../wire/operation-schema';
import { parameterProblems } from './parameter-problems';
import { StepFailure, type StepContext } from './step';

/** boto3 names of clients that are not the signing names. */
const SIGNING_NAMES: Readonly<Record<string, string>> = { cloudwatch: 'monitoring', organizations: 'organizations' };
const MAX_THROTTLING_RETRIES = 4;

/**
 * Calls an API as the AWS action steps do: Service and Api by their boto3 names, everything else is a parameter. Like
 * boto3, it refuses parameters that the API does not have or that have another type, and it retries throttling.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
 * @throws StepFailure
 */
export async function callAwsApi(
  { world, call }: Pick<StepContext, 'world' | 'call'>,
  inputs: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { Service, Api, ...parameters } = inputs;
  if (typeof Service !== 'string' || typeof Api !== 'string') throw new StepFailure('Service and Api are required.');
  const service = world.services.find(({ signingName }) => signingName === (SIGNING_NAMES[Service] ?? Service));
  if (!service) throw new StepFailure(`Service ${Service} is not in the sandbox.`);
  const wanted = Api.replaceAll('_', '').toLowerCase();
  const operation = Object.keys(service.operations).find((name) => name.toLowerCase() === wanted);
  const schema = operation === undefined ? undefined : findOperationSchema(service.schemas, operation);
  if (operation === undefined || !schema)
    throw new StepFailure(`Api ${Api} of service ${Service} is not in the sandbox.`);
  const problems = parameterProblems(schema.input, parameters);
  if (problems.length > 0) throw new StepFailure(`Parameter validation failed: ${problems.join('; ')}`);

  for (let retries = 0; ; retries++) {
    try {
      const output = await world.call(service.signingName, operation, parameters, call);
      return toPlain(output);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (!isThrottling(error) || retries === MAX_THROTTLING_RETRIES) {
        throw new StepFailure(
          `An error occurred (${error.code}) when calling the ${operation} operation: ${error.message}`,
        );
      }
    }
    await sleep(world.clock, 1000 * 2 ** retries);
  }
}

function isThrottling({ code }: AwsError): boolean {
  return /Throttl|RequestLimitExceeded|TooManyRequests|LimitExceededException/.test(code);
}

/** Selectors see JSON: dates as text. */
function toPlain(output: unknown): unknown {
  return JSON.parse(JSON.stringify(output ?? {}));
}
