import type { Place } from '../deployed/place';
import { replaceContent, type Replacement } from '../replaced-document';
import { call, type Stage } from './stage';

/** Every document of ours in a member is replaced; @returns what puts them back */
export async function replaceDocuments(
  stage: Stage,
  place: Place,
  replacement: Replacement,
): Promise<() => Promise<void>> {
  const Filters = [{ Key: 'Name', Values: ['Portcullis-'] }];
  const { DocumentIdentifiers } = await call<{ readonly DocumentIdentifiers: readonly { readonly Name: string }[] }>(
    ...([stage, place, 'ssm', 'ListDocuments', { Filters }] as const),
  );
  const originals = new Map<string, string>();
  for (const { Name } of DocumentIdentifiers) {
    const { Content } = await call<{ readonly Content: string }>(stage, place, 'ssm', 'GetDocument', { Name });
    originals.set(Name, Content);
    await put(stage, place, Name, replaceContent(Content, replacement));
  }
  return async () => {
    for (const [name, content] of originals) await put(stage, place, name, content);
  };
}

async function put(stage: Stage, place: Place, Name: string, Content: string): Promise<void> {
  await call(stage, place, 'ssm', 'DeleteDocument', { Name });
  await call(stage, place, 'ssm', 'CreateDocument', {
    ...{ Name, Content, DocumentType: 'Automation', DocumentFormat: 'JSON' },
  });
}
