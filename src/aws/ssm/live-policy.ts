import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { parsePolicyMark, type PolicyMark } from '../../core/policy/policy-mark';
import { failure, success } from '../../core/result';
import type { LivePolicy } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** Reads the parameter that each deployment of the hub writes. */
export function createLivePolicy(
  client: Pick<SSMClient, 'send'>,
  { parameter, own }: { readonly parameter: string; readonly own: PolicyMark },
): LivePolicy {
  const what = `The policy that is deployed now cannot be told by ${parameter}`;
  return {
    own,
    async fetchMark() {
      const read = await attempt(what, () => client.send(new GetParameterCommand({ Name: parameter })));
      if (!read.ok) return read;
      const mark = parsePolicyMark(read.value.Parameter?.Value ?? '');
      if (mark !== undefined) return success(mark);
      return failure({
        code: 'invalid',
        retryable: false,
        cause: `${what}: it does not hold what a deployment writes`,
      });
    },
  };
}
