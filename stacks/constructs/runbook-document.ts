import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { RunbookDocumentContent } from '../runbook-documents';

export interface RunbookDocumentProps {
  readonly name: string;
  readonly content: RunbookDocumentContent['content'];
}

/** A runbook that belongs to the member account. A change becomes a new version, which is then the default. */
export class RunbookDocument extends Construct {
  constructor(scope: Construct, id: string, { name, content }: RunbookDocumentProps) {
    super(scope, id);
    new CfnDocument(this, 'Document', {
      name,
      documentType: 'Automation',
      content,
      updateMethod: 'NewVersion',
    });
  }
}
