import { createHash } from 'node:crypto';

import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import { Regional } from '../runtime/regional';
import type { AutomationDocument } from './automation-document';
import { parseAutomationDocument } from './parse-automation-document';

export interface StoredDocument {
  readonly name: string;
  readonly content: string;
  readonly format: 'JSON' | 'YAML';
  readonly document: AutomationDocument;
  readonly createdMillis: number;
  readonly sha256: string;
  readonly tags: readonly { readonly Key: string | undefined; readonly Value: string | undefined }[];
}

/** Documents have one version in the sandbox. */
export const documentVersion = '1';
const KNOWN_VERSIONS = [documentVersion, '$DEFAULT', '$LATEST'];

/** The Automation documents of all accounts and Regions. */
export class Documents {
  readonly #places = new Regional(() => new Map<string, StoredDocument>());

  /** @throws AwsError as CreateDocument documents them */
  create(
    place: { readonly account: string; readonly region: string; readonly nowMillis: number },
    request: Pick<StoredDocument, 'name' | 'content' | 'format' | 'tags'> & { readonly type: string | undefined },
  ): StoredDocument {
    const { name, content, format, tags, type } = request;
    if (!/^[\w.-]{3,128}$/.test(name)) {
      throw new AwsError('ValidationException', `Document name "${name}" must be 3 to 128 of a-z A-Z 0-9 _ - .`);
    }
    if (/^(aws|amazon|amzn)/i.test(name))
      throw new AwsError('ValidationException', `Document name "${name}" is reserved.`);
    if (type !== 'Automation') {
      throw new AwsError(
        'ValidationException',
        `Document ${name}: type ${type ?? 'Command'} is not in the sandbox, only Automation`,
      );
    }
    const documents = this.#places.at(place.account, place.region);
    if (documents.has(name))
      throw new AwsError('DocumentAlreadyExists', `Document with same name ${name} already exists`);
    const stored: StoredDocument = {
      name,
      content,
      format,
      tags,
      document: parseAutomationDocument(content, format),
      createdMillis: place.nowMillis,
      sha256: createHash('sha256').update(content).digest('hex'),
    };
    documents.set(name, stored);
    return stored;
  }

  find(account: string, region: string, nameOrArn = ''): StoredDocument | undefined {
    return this.#places.at(account, region).get(toDocumentName(nameOrArn));
  }

  /** @throws AwsError InvalidDocument, InvalidDocumentVersion */
  get(account: string, region: string, nameOrArn: string | undefined, version = '$DEFAULT'): StoredDocument {
    const stored = this.find(account, region, nameOrArn);
    if (!stored) throw new AwsError('InvalidDocument', `Document with name ${nameOrArn ?? ''} does not exist.`);
    if (!isKnownVersion(version)) throw new AwsError('InvalidDocumentVersion', `Version ${version} does not exist.`);
    return stored;
  }

  delete(account: string, region: string, name: string): void {
    this.#places.at(account, region).delete(name);
  }

  list(account: string, region: string): readonly StoredDocument[] {
    return [...this.#places.at(account, region).values()];
  }
}

/** `1`, `$DEFAULT` and `$LATEST` all mean the only version. */
export function isKnownVersion(version: string): boolean {
  return KNOWN_VERSIONS.includes(version);
}

/** A document is named by its name, or by its ARN as a document or as an automation definition. */
export function toDocumentName(nameOrArn: string): string {
  const resource = parseArn(nameOrArn)?.resource;
  return resource?.replace(/^(document|automation-definition)\//, '').replace(/:.*$/, '') ?? nameOrArn;
}
