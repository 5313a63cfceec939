import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bundle } from '../scripts/supply-chain/bundle-handler';
import { bundleText } from '../scripts/supply-chain/bundle-handler';

const DURABLE = '@aws/durable-execution-sdk-js';

/**
 * What a handler is held against: one that loads the same clients and commands of the AWS SDK and the same durable SDK,
 * makes the clients that the handler makes when it is loaded, and does nothing.
 */
export async function emptyHandlerFor(root: string, handler: Bundle): Promise<Bundle> {
  const imports = sdkImports(root, handler);
  const lines = [...imports].map(([module, names]) => `import { ${[...names].join(', ')} } from '${module}';`);
  const all = [...imports.values()].flatMap((names) => [...names]);
  const clients = clientsMadeAtLoad(root, handler);
  if (clients.length === 0) throw new Error(`no client is found that ${handler.name} makes when it is loaded`);
  const made = clients.map((client) => `new ${client}({})`);
  const body = `export const used = [${[...all, ...made].join(', ')}];`;
  const answer = 'async () => used.length';
  const isDurable = imports.has(DURABLE);
  const handlerLine = `export const handler = ${isDurable ? `withDurableExecution(${answer})` : answer};`;
  return bundleText(root, `empty ${handler.name}`, [...lines, body, handlerLine].join('\n'));
}

/** Names that our modules in the bundle import from the SDKs at run time, by module. */
function sdkImports(root: string, { metafile }: Bundle): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>();
  const ours = Object.keys(metafile.inputs).filter((file) => file.startsWith('src/'));
  for (const file of ours) {
    const source = readFileSync(path.join(root, file), 'utf8');
    for (const [, list = '', module = ''] of source.matchAll(/^import \{([^}]*)\} from '(@aws(?:-sdk)?\/[^']+)';/gm)) {
      const names = list.split(',').map((name) => name.trim());
      const known = imports.get(module) ?? new Set();
      for (const name of names) if (name !== '' && !name.startsWith('type ')) known.add(name);
      imports.set(module, known);
    }
  }
  return imports;
}

/**
 * Clients that the adapters make when they are wired; those of member accounts are made when they are needed, and those
 * behind `&&` where a configuration wants them.
 */
function clientsMadeAtLoad(root: string, { metafile }: Bundle): readonly string[] {
  const adapters = Object.keys(metafile.inputs).filter((file) =>
    /^src\/aws\/adapters\/[\w-]+-adapters\.ts$/.test(file),
  );
  return adapters.flatMap((file) => {
    const source = readFileSync(path.join(root, file), 'utf8');
    return [...source.matchAll(/^(?!.*&&).*new (\w+Client)\(/gm)].map(([, client = '']) => client);
  });
}
