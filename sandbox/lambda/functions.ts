import { AwsError } from '../runtime/aws-error';
import type { PolicyDocument, PolicyStatement } from '../runtime/operation';
import { parseFunctionName, toFunctionArn, type FunctionReference } from './function-name';

export interface FunctionConfig {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  /** Without qualifier. */
  readonly arn: string;
  readonly description: string;
  readonly roleArn: string;
  readonly runtime: string;
  /** `index.handler` */
  readonly handler: string;
  readonly codeDirectory: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroupName: string;
  readonly deadLetterArn?: string;
  readonly reservedConcurrency?: number;
  /** Present on a durable function. */
  readonly durable?: { readonly executionTimeoutSeconds: number; readonly retentionDays: number };
}

/** A function as it can be run: `$LATEST`, or a published version. */
export interface FunctionVersion {
  readonly config: FunctionConfig;
  readonly version: string;
  readonly qualifiedArn: string;
}

/** How failed asynchronous invocations are treated. */
export interface EventInvokeConfig {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeSeconds?: number;
  readonly onFailureArn?: string;
  readonly onSuccessArn?: string;
}

export interface ResolvedFunction {
  readonly version: FunctionVersion;
  readonly qualifier: string | undefined;
  /** The ARN as invoked, with the alias if there was one. */
  readonly invokedArn: string;
}

interface FunctionRecord {
  readonly latest: FunctionVersion;
  readonly versions: Map<string, FunctionVersion>;
  /** Version by alias. */
  readonly aliases: Map<string, string>;
  /** By qualifier; the unqualified function's under the empty text. */
  readonly permissions: Map<string, PolicyStatement[]>;
  readonly eventInvokeConfigs: Map<string, EventInvokeConfig>;
}

/** All functions with their versions, aliases, permissions and event-invoke configurations. */
export class Functions {
  readonly #records = new Map<string, FunctionRecord>();

  /** @throws AwsError ResourceConflictException */
  create(config: FunctionConfig): FunctionVersion {
    if (this.#records.has(config.arn)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${config.name}`, 409);
    }
    const latest = { config, version: '$LATEST', qualifiedArn: `${config.arn}:$LATEST` };
    this.#records.set(config.arn, {
      latest,
      versions: new Map([['$LATEST', latest]]),
      aliases: new Map(),
      permissions: new Map(),
      eventInvokeConfigs: new Map(),
    });
    return latest;
  }

  publish(functionArn: string): FunctionVersion {
    const { latest, versions } = this.#record(functionArn);
    const version = String(versions.size);
    const published = { config: latest.config, version, qualifiedArn: `${latest.config.arn}:${version}` };
    versions.set(version, published);
    return published;
  }

  /** @throws AwsError ResourceNotFoundException when the version does not exist. */
  addAlias(functionArn: string, alias: string, version: string): void {
    const record = this.#record(functionArn);
    if (!record.versions.has(version)) throw notFound(`${functionArn}:${version}`);
    record.aliases.set(alias, version);
  }

  addPermission(functionArn: string, qualifier: string | undefined, statement: PolicyStatement): void {
    const { permissions } = this.#record(functionArn);
    permissions.set(qualifier ?? '', [...(permissions.get(qualifier ?? '') ?? []), statement]);
  }

  setEventInvokeConfig(functionArn: string, qualifier: string, config: EventInvokeConfig): void {
    this.#record(functionArn).eventInvokeConfigs.set(qualifier, config);
  }

  eventInvokeConfigOf({ version, qualifier }: ResolvedFunction): EventInvokeConfig {
    return this.#record(version.config.arn).eventInvokeConfigs.get(qualifier ?? '$LATEST') ?? {};
  }

  /** @throws AwsError ResourceNotFoundException */
  resolve(partition: string, reference: FunctionReference): ResolvedFunction {
    const { qualifier, account, region, name } = reference;
    const invokedArn = toFunctionArn(partition, reference);
    const record = this.#records.get(toFunctionArn(partition, { account, region, name }));
    const version = record && (qualifier === undefined ? record.latest : versionOf(record, qualifier));
    if (!version) throw notFound(invokedArn);
    return { version, qualifier, invokedArn };
  }

  /** The version of a qualified ARN; undefined when there is none. */
  findVersion(qualifiedArn: string): FunctionVersion | undefined {
    const [arn, qualifier] = splitQualifiedArn(qualifiedArn);
    const record = this.#records.get(arn);
    return record && versionOf(record, qualifier ?? '$LATEST');
  }

  policyOf(functionArn: string): PolicyDocument | undefined {
    const [arn, qualifier = ''] = splitQualifiedArn(functionArn);
    const statements = this.#records.get(arn)?.permissions.get(qualifier);
    return statements && { Version: '2012-10-17', Statement: statements };
  }

  /** Of all accounts and Regions. */
  names(): readonly string[] {
    return [...new Set([...this.#records.values()].map(({ latest }) => latest.config.name))];
  }

  list(account: string, region: string): readonly FunctionVersion[] {
    return [...this.#records.values()]
      .map(({ latest }) => latest)
      .filter(({ config }) => config.account === account && config.region === region);
  }

  #record(functionArn: string): FunctionRecord {
    const record = this.#records.get(functionArn);
    if (!record) throw notFound(functionArn);
    return record;
  }
}

/** `arn:…:function:name:qualifier` → the function's ARN and the qualifier. */
function splitQualifiedArn(functionArn: string): readonly [arn: string, qualifier: string | undefined] {
  const parts = functionArn.split(':');
  return [parts.slice(0, 7).join(':'), parts[7]];
}

/** The function's ARN and qualifier for whatever a template gives as a function's name. */
export function toFunctionReference(
  partition: string,
  functionName: string,
  home: { readonly account: string; readonly region: string },
): { readonly arn: string; readonly qualifier: string | undefined } {
  const { qualifier, ...reference } = parseFunctionName(functionName, undefined, home);
  return { arn: toFunctionArn(partition, reference), qualifier };
}

function versionOf({ versions, aliases }: FunctionRecord, qualifier: string): FunctionVersion | undefined {
  return versions.get(aliases.get(qualifier) ?? qualifier);
}

function notFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
}
