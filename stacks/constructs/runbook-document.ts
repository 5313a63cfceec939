import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', '..', 'ssm-documents');

export interface RunbookDocumentProps {
  readonly name: string;
  /** A file of ssm-documents/. */
  readonly file: string;
}

/** A runbook that belongs to the member account. A change becomes a new version, which is then the default. */
export class RunbookDocument extends Construct {
  constructor(scope: Construct, id: string, { name, file }: RunbookDocumentProps) {
    super(scope, id);
    const content: unknown = parse(readFileSync(join(FOLDER, file), 'utf8'));
    new CfnDocument(this, 'Document', {
      name,
      documentType: 'Automation',
      documentFormat: 'JSON',
      content,
      updateMethod: 'NewVersion',
    });
  }
}
