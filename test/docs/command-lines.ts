import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { scripts } from '../../package.json';
import { createProgram } from '../../src/cli/program';

const ROOT = join(__dirname, '..', '..');

/** Lines that documents show to be typed: in fences of a shell, in indented code, and behind a `$`. */
export function commandLinesIn(markdown: string): readonly string[] {
  const fenced = [...markdown.matchAll(/^ *```(?:sh|bash|console)\n(.*?)^ *```/gms)].map(([, block = '']) => block);
  const others = markdown.replace(/^ *```.*?^ *```/gms, '');
  const indented = [...others.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) => block);
  return [...fenced, ...indented].flatMap((block) =>
    block
      .replace(/ *\\\n */g, ' ')
      .split('\n')
      .map((line) => line.trim().replace(/^\$ /, ''))
      .filter((line) => /^(?:[A-Z_]+=\S* )*(?:aws|portcullis|npx|npm|node) /.test(line)),
  );
}

/** What is wrong with a line: each command of it, apart from what is piped elsewhere. Undefined where it would run. */
export function mistakeIn(line: string): string | undefined {
  const [typed = ''] = line.split(/ +# | {3,}/);
  const commands = typed.split(/ && | \| |; /).map((each) => each.split(' > ')[0] ?? each);
  return commands.map(mistakeInCommand).find((mistake) => mistake !== undefined);
}

function mistakeInCommand(text: string): string | undefined {
  const words = wordsOf(text.replace(/^(?:[A-Z_]+=\S* )+/, ''));
  const [program = '', ...args] = words;
  switch (program) {
    case 'portcullis':
      return mistakeInOurs(args);
    case 'node':
      return args[0] === 'bin/portcullis.cjs' ? mistakeInOurs(args.slice(1)) : `node runs ${String(args[0])}`;
    case 'npm':
      return mistakeInNpm(args);
    case 'npx':
      return args[0] === 'cdk' ? mistakeInCdk(args.slice(1)) : mistakeInNpx(args[0]);
    case 'aws':
      return mistakeInAws(args);
    default:
      // What ours is piped to.
      return undefined;
  }
}

/** Words of a shell: quotes hold together, and brackets of what may be left out are taken away. */
function wordsOf(text: string): readonly string[] {
  const words = text.match(/(?:"(?:\$\([^)]*\)|[^"])*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/^\[(?=--)|(?<=[^[\]]+)\]$/g, '').replace(/^(["'])(.*)\1$/, '$2'));
}

/** As the program itself takes it, with what it would do left out. */
function mistakeInOurs(args: readonly string[]): string | undefined {
  let said = '';
  const program = createProgram();
  const quiet = (command: Command): void => {
    command.configureOutput({
      writeOut: () => undefined,
      writeErr: () => undefined,
      outputError: (text) => (said = text),
    });
    command.exitOverride().action(() => undefined);
    command.commands.forEach(quiet);
  };
  program.commands.forEach(quiet);
  try {
    program.parse([...args], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) return String(error);
    return error.exitCode === 0 ? undefined : said.trim();
  }
}

function mistakeInNpm([command = '', name = '']: readonly string[]): string | undefined {
  if (['ci', 'install', 'start', 'test', 'audit'].includes(command)) return undefined;
  if (command !== 'run') return `npm has no ${command} here`;
  return name in scripts ? undefined : `package.json has no script ${name}`;
}

/** A program that the checkout has installed, of another name than ours: what is not there is asked of a registry. */
function mistakeInNpx(name = ''): string | undefined {
  return existsSync(join(ROOT, 'node_modules', '.bin', name)) ? undefined : `npx asks a registry for ${name}`;
}

const STACKS = /^Portcullis-(Hub|Member|Detection|Isolation|Rollout|Rules-\*|Drill-\d{12})$/;

function mistakeInCdk([command = '', ...args]: readonly string[]): string | undefined {
  if (!['deploy', 'synth', 'diff', 'bootstrap', 'destroy'].includes(command)) return `cdk has no ${command}`;
  const named = args.filter((word) => word.startsWith('Portcullis') && !STACKS.test(word));
  return named.length === 0 ? undefined : `there is no stack ${named.join(', ')}`;
}

/** Options of every call. */
const OF_ALL = [
  'region',
  'query',
  'output',
  'generate-cli-skeleton',
  'profile',
  'endpoint-url',
  'max-items',
  'no-paginate',
];
const PACKAGES: Readonly<Record<string, string>> = {
  ...{ logs: 'cloudwatch-logs', events: 'eventbridge', secretsmanager: 'secrets-manager' },
  ...{ 'service-quotas': 'service-quotas' },
};

/** Against the API as the SDK of the service has it: the operation, and each option as a field of its input. */
function mistakeInAws([service = '', operation = '', ...args]: readonly string[]): string | undefined {
  // What the AWS CLI has beside the API.
  if (['logs tail', 'dynamodb wait'].includes(`${service} ${operation}`)) return undefined;
  const file = join(ROOT, 'node_modules', '@aws-sdk', `client-${PACKAGES[service] ?? service}`);
  if (!existsSync(file)) return `no client of ${service} is here to hold it against`;
  const api = jest.requireActual<object>(file) as Readonly<Record<string, readonly unknown[] | undefined>>;
  const name = Object.keys(api).find((each) => each.endsWith('Command') && kebab(each.slice(0, -7)) === operation);
  if (name === undefined) return `${service} has no ${operation}`;
  const input = api[`${name.slice(0, -7)}$`]?.[4];
  const fields = fieldsOf(typeof input === 'function' ? (input as () => unknown)() : input);
  const options = args.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0] ?? '');
  const unknown = options.filter((option) => !OF_ALL.includes(option) && !hasField(fields, option));
  return unknown.length === 0 ? undefined : `aws ${service} ${operation} has no --${unknown.join(', --')}`;
}

/** [3, namespace, name, traits, names of members, …]: how the SDK writes a structure down. */
function fieldsOf(schema: unknown): readonly string[] {
  const members: unknown = Array.isArray(schema) ? schema[4] : undefined;
  return Array.isArray(members) ? members.map(String) : [];
}

/** A switch is an option, and with `no-` in front its opposite. */
function hasField(fields: readonly string[], option: string): boolean {
  const names = fields.map(kebab);
  return names.includes(option) || names.includes(option.replace(/^no-/, '')) || CLI_ONLY.has(option);
}

/** Short forms that the AWS CLI has for fields of a list, and a field that it calls otherwise. */
const CLI_ONLY = new Set(['protocol', 'port', 'cidr', 'notification-endpoint']);

/** As the AWS CLI writes a name of the API. */
function kebab(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** The text of a document. */
export function documentText(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
