import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { RemovalPolicy, Validations, type Duration, type Size } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, type DurableConfig } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat, type ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const ROOT = join(__dirname, '..', '..');

export interface BundledFunctionProps {
  readonly name: string;
  readonly roleName: string;
  readonly description: string;
  /** A file of src/handlers/ that exports `handler`. */
  readonly entry: string;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /** Beside the code, by name: texts that it reads when it starts. They are part of its version. */
  readonly files?: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  readonly durable?: DurableConfig;
  /** Where Lambda leaves asynchronous events that failed for good. */
  readonly deadLetters?: IQueue;
  /** 512 unless given: more of it is more of a processor, too. */
  readonly memoryMegabytes?: number;
  /** Of /tmp; 512 MiB unless given. */
  readonly ephemeralStorage?: Size;
}

/**
 * A Lambda function from src/handlers, with a role and a log group of its own and no permission but to write logs
 * there.
 */
export class BundledFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    // No managed policy: the basic one of AWS lets a function create and write any log group.
    this.role = new Role(this, 'Role', {
      roleName: props.roleName,
      description: `Execution role of ${props.name}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${props.name}`,
      retention: toRetention(props.logRetentionDays),
      // The record of what was done is the ledger, which stays.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(this.role);

    this.function = new NodejsFunction(this, 'Function', {
      functionName: props.name,
      description: props.description,
      entry: join(ROOT, 'src', 'handlers', props.entry),
      handler: 'handler',
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes ?? 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      environment: { ...props.environment },
      awsSdkConnectionReuse: false,
      bundling: {
        format: OutputFormat.CJS,
        // Runs in Lambda on Node 24, and in the sandbox on the Node that people have.
        target: 'node20',
        minify: true,
        keepNames: true,
        // Nothing is left to the runtime: its SDK may be older than the durable-execution calls that we make.
        externalModules: [],
        // From ES modules esbuild leaves out what nobody calls: a third smaller, and loaded in half the time.
        mainFields: ['module', 'main'],
        // A map is several times the size of the code and is read at every cold start; keepNames leaves stack traces
        // readable.
        sourceMap: false,
        ...(props.files && { commandHooks: writing(props.files) }),
      },
      // Versions stay: an execution that is under way goes on in the version that it began in.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      ...(props.durable && { durableConfig: props.durable }),
      ...(props.ephemeralStorage && { ephemeralStorageSize: props.ephemeralStorage }),
      ...(props.deadLetters && { deadLetterQueue: props.deadLetters }),
    });
    if (props.durable) {
      Validations.of(this.function).acknowledge({
        id: 'Annotation::aws-lambda:Function.DurableConfig',
        reason: 'The function has been durable from its first version, so nothing is replaced.',
      });
    }
  }
}

/**
 * Writes texts beside the bundle. They are arguments of the command, so that nothing is left behind on the machine: on
 * Linux one may have 128 KiB, which is why they are deflated.
 */
function writing(files: Readonly<Record<string, string>>): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_input, output) =>
      Object.entries(files).map(([name, text]) => {
        const script =
          "require('fs').writeFileSync(process.argv[1]," +
          "require('zlib').inflateRawSync(Buffer.from(process.argv[2],'base64')))";
        return `node -e "${script}" "${output}/${name}" ${deflateRawSync(text).toString('base64')}`;
      }),
  };
}

/** @throws Error for a number that CloudWatch Logs does not offer; the configuration's schema lets none through. */
export function toRetention(days: number): RetentionDays {
  const retention = Object.values(RetentionDays).find((value) => Number(value) === days);
  if (typeof retention !== 'number') throw new Error(`CloudWatch Logs has no retention of ${days} days`);
  return retention;
}
