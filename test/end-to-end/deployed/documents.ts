import {
  CreateDocumentCommand,
  DeleteDocumentCommand,
  GetDocumentCommand,
  ListDocumentsCommand,
} from '@aws-sdk/client-ssm';
import { replaceContent, type Replacement } from '../replaced-document';
import type { Clients } from './clients';
import type { Place } from './place';

/** The member account's own documents, in the hands of somebody who may change them. */
export interface ReplaceableDocuments {
  /** Every document of ours; @returns what puts them back */
  replaceDocuments(place: Place, replacement: Replacement): Promise<() => Promise<void>>;
}

export function createDocuments({ ssm }: Clients): ReplaceableDocuments {
  async function put(place: Place, Name: string, Content: string): Promise<void> {
    await ssm(place).send(new DeleteDocumentCommand({ Name }));
    await ssm(place).send(
      new CreateDocumentCommand({ Name, Content, DocumentType: 'Automation', DocumentFormat: 'JSON' }),
    );
  }

  return {
    async replaceDocuments(place, replacement) {
      const { DocumentIdentifiers = [] } = await ssm(place).send(
        new ListDocumentsCommand({ Filters: [{ Key: 'Name', Values: ['Portcullis-'] }] }),
      );
      const originals = new Map<string, string>();
      for (const { Name = '' } of DocumentIdentifiers) {
        const { Content = '' } = await ssm(place).send(new GetDocumentCommand({ Name }));
        originals.set(Name, Content);
        await put(place, Name, replaceContent(Content, replacement));
      }
      return async () => {
        for (const [name, content] of originals) await put(place, name, content);
      };
    },
  };
}
