import { z } from 'zod';

import { booleanProperty, ignoredProperty, integerProperty } from '../runtime/parse-properties';

/** Variables that Lambda sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED_FORMS = [
  /_HANDLER|_X_AMZN_TRACE_ID/,
  /AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV/,
  /AWS_LAMBDA_(?!NODEJS|EXEC_WRAPPER).*/,
  /AWS_(ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN)/,
  /LAMBDA_(TASK_ROOT|RUNTIME_DIR)/,
];
const RESERVED_VARIABLES = new RegExp(`^(${RESERVED_FORMS.map(({ source }) => source).join('|')})$`);

export const functionProperties = z.strictObject({
  FunctionName: z.string().optional(),
  Description: z.string().default(''),
  Role: z.string(),
  Runtime: z.string().regex(/^nodejs\d/, 'the sandbox runs nodejs runtimes only'),
  Handler: z.string(),
  Code: z.union([
    z.strictObject({ S3Bucket: z.string(), S3Key: z.string(), S3ObjectVersion: ignoredProperty }),
    z.strictObject({ ZipFile: z.string() }),
  ]),
  Timeout: integerProperty.min(1).max(900).default(3),
  MemorySize: integerProperty.min(128).max(10_240).default(128),
  Environment: z
    .strictObject({
      Variables: z
        .record(
          z.string().refine((name) => !RESERVED_VARIABLES.test(name), 'Lambda sets this variable itself'),
          z.coerce.string(),
        )
        .optional(),
    })
    .optional(),
  DurableConfig: z
    .strictObject({
      ExecutionTimeout: integerProperty.min(1).max(31_622_400),
      RetentionPeriodInDays: integerProperty.min(1).max(90).default(30),
      KMSKeyArn: ignoredProperty,
    })
    .optional(),
  LoggingConfig: z
    .strictObject({
      LogGroup: z.string().optional(),
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      ApplicationLogLevel: ignoredProperty,
      SystemLogLevel: ignoredProperty,
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().optional() }).optional(),
  ReservedConcurrentExecutions: integerProperty.min(0).optional(),
  Architectures: ignoredProperty,
  EphemeralStorage: ignoredProperty,
  KmsKeyArn: ignoredProperty,
  RecursiveLoop: ignoredProperty,
  RuntimeManagementConfig: ignoredProperty,
  TracingConfig: ignoredProperty,
  Tags: ignoredProperty,
});

export const versionProperties = z.strictObject({
  FunctionName: z.string(),
  Description: ignoredProperty,
  CodeSha256: ignoredProperty,
});

export const aliasProperties = z.strictObject({
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Name: z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, 'letters, digits, - and _, and not a number'),
  Description: ignoredProperty,
});

export const permissionProperties = z.strictObject({
  FunctionName: z.string(),
  Action: z.string(),
  Principal: z.string(),
  SourceAccount: z.string().optional(),
  SourceArn: z.string().optional(),
  PrincipalOrgID: z.string().optional(),
});

const destination = z.strictObject({ Destination: z.string() });

export const eventInvokeConfigProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string(),
  MaximumRetryAttempts: integerProperty.min(0).max(2).optional(),
  MaximumEventAgeInSeconds: integerProperty.min(60).max(21_600).optional(),
  DestinationConfig: z
    .strictObject({ OnFailure: destination.optional(), OnSuccess: destination.optional() })
    .optional(),
});

export const eventSourceMappingProperties = z
  .strictObject({
    FunctionName: z.string(),
    EventSourceArn: z.string().regex(/^arn:[^:]+:sqs:/, 'the sandbox maps SQS queues only'),
    BatchSize: integerProperty.min(1).max(10_000).default(10),
    MaximumBatchingWindowInSeconds: integerProperty.min(0).max(300).default(0),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    ScalingConfig: z.strictObject({ MaximumConcurrency: integerProperty.min(2).max(1000) }).optional(),
    Enabled: booleanProperty.default(true),
    MetricsConfig: ignoredProperty,
    Tags: ignoredProperty,
  })
  .refine(({ BatchSize, MaximumBatchingWindowInSeconds }) => BatchSize <= 10 || MaximumBatchingWindowInSeconds >= 1, {
    path: ['MaximumBatchingWindowInSeconds'],
    error: 'a BatchSize of more than 10 needs a window of at least 1 second',
  });
