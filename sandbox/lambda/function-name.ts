import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';

/** What a caller means by `FunctionName`. */
export interface FunctionReference {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** A version, an alias or `$LATEST`; undefined when the function was named without. */
  readonly qualifier?: string;
}

/**
 * Reads every form that the API takes: `name`, `name:qualifier`, `account:function:name[:qualifier]` and the ARN.
 * @throws AwsError InvalidParameterValueException
 */
export function parseFunctionName(
  functionName: string,
  qualifier: string | undefined,
  home: { readonly account: string; readonly region: string },
): FunctionReference {
  const arn = parseArn(functionName);
  const parts = (arn ? arn.resource : functionName.replace(/^(\d{12}:)?function:/, '$1')).split(':');
  const account = arn?.account ?? (/^\d{12}$/.test(parts[0] ?? '') && parts.length > 1 ? parts.shift() : undefined);
  if (arn && parts.shift() !== 'function') throw invalid(functionName);
  const [name, ownQualifier, ...rest] = parts;
  if (!name || !/^[\w-]{1,64}$/.test(name) || rest.length > 0) throw invalid(functionName);
  if (ownQualifier !== undefined && qualifier !== undefined && ownQualifier !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The qualifier ${qualifier} contradicts the function name ${functionName}.`,
    );
  }
  const chosen = ownQualifier ?? qualifier;
  return {
    account: account ?? home.account,
    region: arn?.region ?? home.region,
    name,
    ...(chosen === undefined ? {} : { qualifier: chosen }),
  };
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, with `:QUALIFIER` where there is one. */
export function toFunctionArn(partition: string, { account, region, name, qualifier }: FunctionReference): string {
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

function invalid(functionName: string): AwsError {
  return new AwsError('InvalidParameterValueException', `"${functionName}" is not the name or ARN of a function.`);
}
