/** In the app, not in cdk.json, so that templates are the same with and without the CDK CLI. */
export const APP_CONTEXT = {
  // What the CDK CLI would set.
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-lambda:recognizeVersionProps': true,
  '@aws-cdk/core:validateSnapshotRemovalPolicy': true,
  // A StackSet takes a template of at most 51,200 bytes as a file, and white space counts.
  '@aws-cdk/core:suppressTemplateIndentation': true,
};
