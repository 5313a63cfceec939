import type {
  CreateDocumentRequest,
  CreateDocumentResult,
  DeleteDocumentRequest,
  DeleteDocumentResult,
  DescribeDocumentRequest,
  DescribeDocumentResult,
  DocumentDescription,
  DocumentKeyValuesFilter,
  GetDocumentRequest,
  GetDocumentResult,
  ListDocumentsRequest,
  ListDocumentsResult,
} from '@aws-sdk/client-ssm';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, RequiredPermission } from '../runtime/operation';
import { documentVersion, toDocumentName, type Documents, type StoredDocument } from './documents';

export interface DocumentOperations {
  readonly CreateDocument: Operation<CreateDocumentRequest, CreateDocumentResult>;
  readonly GetDocument: Operation<GetDocumentRequest, GetDocumentResult>;
  readonly DescribeDocument: Operation<DescribeDocumentRequest, DescribeDocumentResult>;
  readonly ListDocuments: Operation<ListDocumentsRequest, ListDocumentsResult>;
  readonly DeleteDocument: Operation<DeleteDocumentRequest, DeleteDocumentResult>;
}

/** The ARN of a document that a request names; the ARN of an automation definition names the same document. */
export function documentArn({ world, account, region }: CallContext, nameOrArn = ''): string {
  return `arn:${world.partition}:ssm:${region}:${account}:document/${toDocumentName(nameOrArn)}`;
}

/**
 * Makes, shows and deletes Automation documents, of one version each. They throw InvalidDocument,
 * InvalidDocumentContent, InvalidDocumentVersion, MaxDocumentSizeExceeded, DocumentAlreadyExists, InvalidFilterKey and
 * ValidationException.
 */
export function createDocumentOperations(documents: Documents): DocumentOperations {
  const needs =
    (action: string) =>
    ({ Name }: { readonly Name: string | undefined }, context: CallContext): RequiredPermission[] => [
      { action: `ssm:${action}`, resource: documentArn(context, Name) },
    ];
  return {
    CreateDocument: {
      permissions: needs('CreateDocument'),
      handle: (input, context) => {
        const { Name: name = '', Content: content = '', DocumentFormat: format = 'JSON', DocumentType: type } = input;
        if (format === 'TEXT') throw new AwsError('ValidationException', 'DocumentFormat TEXT is not for Automation');
        const place = { account: context.account, region: context.region, nowMillis: context.world.clock.now() };
        const stored = documents.create(place, {
          name,
          content,
          format,
          type,
          tags: (input.Tags ?? []).map(({ Key, Value }) => ({ Key, Value })),
        });
        return { DocumentDescription: describe(stored, context) };
      },
    },
    GetDocument: {
      permissions: needs('GetDocument'),
      handle: ({ Name, DocumentVersion }, { account, region }) => {
        const stored = documents.get(account, region, Name, DocumentVersion);
        return {
          Name: stored.name,
          DocumentVersion: documentVersion,
          Status: 'Active',
          Content: stored.content,
          DocumentType: 'Automation',
          DocumentFormat: stored.format,
          CreatedDate: new Date(stored.createdMillis),
        };
      },
    },
    DescribeDocument: {
      permissions: needs('DescribeDocument'),
      handle: ({ Name, DocumentVersion }, context) => ({
        Document: describe(documents.get(context.account, context.region, Name, DocumentVersion), context),
      }),
    },
    ListDocuments: {
      permissions: () => [{ action: 'ssm:ListDocuments', resource: '*' }],
      handle: ({ Filters = [] }, { account, region }) => ({
        DocumentIdentifiers: documents
          .list(account, region)
          .filter((stored) => Filters.every((filter) => passes(stored, filter)))
          .map((stored) => ({
            Name: stored.name,
            CreatedDate: new Date(stored.createdMillis),
            Owner: account,
            PlatformTypes: ['Windows', 'Linux', 'MacOS'],
            DocumentVersion: documentVersion,
            DocumentType: 'Automation',
            SchemaVersion: '0.3',
            DocumentFormat: stored.format,
            Tags: [...stored.tags],
          })),
      }),
    },
    DeleteDocument: {
      permissions: needs('DeleteDocument'),
      handle: ({ Name }, { account, region }) => {
        documents.delete(account, region, documents.get(account, region, Name).name);
        return {};
      },
    },
  };
}

function passes(stored: StoredDocument, { Key = '', Values = [] }: DocumentKeyValuesFilter): boolean {
  switch (Key) {
    // No document of anybody else is in the sandbox.
    case 'Owner':
      return Values.includes('Self') || Values.includes('All');
    case 'Name':
    case 'SearchKeyword':
      return Values.some((value) => stored.name.startsWith(value));
    case 'DocumentType':
      return Values.includes('Automation');
    default: {
      if (!Key.startsWith('tag:')) throw new AwsError('InvalidFilterKey', `Filter ${Key} is not in the sandbox.`);
      const tag = stored.tags.find((candidate) => `tag:${candidate.Key ?? ''}` === Key);
      return tag?.Value !== undefined && Values.includes(tag.Value);
    }
  }
}

function describe(stored: StoredDocument, context: CallContext): DocumentDescription {
  return {
    Name: stored.name,
    Owner: context.account,
    CreatedDate: new Date(stored.createdMillis),
    Status: 'Active',
    DocumentVersion: documentVersion,
    DefaultVersion: documentVersion,
    LatestVersion: documentVersion,
    Description: stored.document.description,
    DocumentType: 'Automation',
    SchemaVersion: '0.3',
    DocumentFormat: stored.format,
    PlatformTypes: ['Windows', 'Linux', 'MacOS'],
    Hash: stored.sha256,
    HashType: 'Sha256',
    Parameters: Object.entries(stored.document.parameters).map(([Name, parameter]) => ({
      Name,
      Type: parameter.type === 'StringList' ? 'StringList' : 'String',
      Description: parameter.description,
      ...(parameter.default === undefined ? {} : { DefaultValue: toDefaultText(parameter.default) }),
    })),
    Tags: [...stored.tags],
  };
}

/** A text as it is; everything else as JSON. */
function toDefaultText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
