import type { AwsError } from './aws-error';
import type { Call } from './call';
import type { ServiceApi } from './service-api';
import type { World } from './world';

export type { Call, Principal } from './call';

/** The world's signal for every call, also of services among themselves; the payload is a {@link CallMade}. */
export const callMade = 'runtime:call';

export interface CallMade {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly call: Call;
  /** Within the rate quotas, or throttled. */
  readonly isAdmitted: boolean;
}

/** Signal for every call that reached its operation, once it has ended; the payload is a {@link CallEnded}. */
export const callEnded = 'runtime:call-ended';

export interface CallEnded {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly call: Call;
  readonly requestId: string;
  readonly result: { readonly output: unknown } | { readonly error: AwsError };
}

export interface CallContext extends Call {
  readonly world: World;
  readonly requestId: string;
  /** A read that is to answer what was there then, as an eventually consistent service may. */
  readonly readsAsOfMillis?: number;
}

/** One permission that a call needs; the runtime asks the policies before the operation runs. */
export interface RequiredPermission {
  /** `ec2:RevokeSecurityGroupIngress` */
  readonly action: string;
  /** ARN, or `*` where the service knows no resource-level permission for the action. */
  readonly resource: string;
  /** Service condition keys of this request, such as `securityhub:ASFFSyntaxPath/Workflow.Status`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * One API operation. Input and output have exactly the SDK's shapes (`RevokeSecurityGroupIngressCommandInput`, …);
 * the wire codec turns requests into the one and the other into responses by the SDK's own schemas.
 */
export interface Operation<Input = never, Output = unknown> {
  permissions(input: Input, context: CallContext): readonly RequiredPermission[];
  /** @throws AwsError with the code that AWS documents for the case. */
  handle(input: Input, context: CallContext): Output | Promise<Output>;
}

/** An IAM policy as its JSON; single values and lists mean the same. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** One service of the sandbox: its operations behind one signing name. */
export interface Service extends ServiceApi {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Names of services that callers reach by this signing name too, by the `Version` of their API. */
  readonly versions?: Readonly<Record<string, string>>;
  /** The resource policy of a queue, topic, bus, function, …; undefined where the resource has none. */
  readonly resourcePolicy?: (resourceArn: string) => PolicyDocument | undefined;
  /** Questions of tests and curious people outside AWS's API: `GET|POST /_sandbox/<signing name>/<key>`. */
  readonly inspect?: Readonly<Record<string, (body: unknown) => unknown>>;
  /** What the service knows how to make from a CloudFormation template. */
  readonly provisioners?: Readonly<Record<string, Provisioner>>;
  /** Asked when one of the service's own callers is throttled: what it resolves before the refusal is answered. */
  whenThrottled?(call: Call): Promise<void>;
  /** Called once, when the world stands: the place to listen for signals. */
  start?(world: World): void;
  /** Ends what the service started outside the world's clock, such as servers of its own. */
  stop?(): Promise<void>;
}

/** Makes one CloudFormation resource type. Properties arrive with every intrinsic function resolved. */
export type Provisioner = (
  properties: Readonly<Record<string, unknown>>,
  place: {
    readonly world: World;
    readonly account: string;
    readonly region: string;
    readonly logicalId: string;
    readonly stackName: string;
    /** Where a file asset of the assembly lies, by the object key that the template names (`<hash>.zip`). */
    readonly assetPath?: (objectKey: string) => string | undefined;
  },
) => ProvisionedResource | Promise<ProvisionedResource>;

export interface ProvisionedResource {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute name. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Deletes it, with its stack. Missing where the sandbox deletes no such thing. */
  readonly remove?: () => void;
}
