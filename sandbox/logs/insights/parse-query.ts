import { AwsError } from '../../runtime/aws-error';
import { parseExpression, tokenize, type Expression } from './expression';

/** What the sandbox knows of the query language: commands in this order of the text, each with what it takes. */
export type Command =
  | { readonly kind: 'parse'; readonly pattern: RegExp; readonly names: readonly string[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  | { readonly kind: 'stats'; readonly columns: readonly Column[]; readonly by: readonly string[] }
  | { readonly kind: 'sort'; readonly field: string; readonly isDescending: boolean }
  | { readonly kind: 'limit'; readonly most: number };

export interface Column {
  readonly name: string;
  readonly how: 'count' | 'sum' | 'max' | 'min';
  readonly field: string;
}

/**
 * Reads a query of Logs Insights: parse with a glob, filter, stats, sort and limit.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 *
 * @throws AwsError MalformedQueryException for what the sandbox does not know
 */
export function parseQuery(text: string): readonly Command[] {
  return splitCommands(text).map((command) => {
    const name = /^\S+/.exec(command)?.[0] ?? '';
    const rest = command.slice(name.length).trim();
    switch (name) {
      case 'parse':
        return parseParse(rest);
      case 'filter':
        return { kind: 'filter', condition: parseExpression(tokenize(rest)) };
      case 'stats':
        return parseStats(rest);
      case 'sort': {
        const [, field = '', order] = /^([\w@.]+)(?:\s+(asc|desc))?$/.exec(rest) ?? [];
        if (field === '') throw malformed(command);
        return { kind: 'sort', field, isDescending: order === 'desc' };
      }
      case 'limit':
        if (!/^\d+$/.test(rest)) throw malformed(command);
        return { kind: 'limit', most: Number(rest) };
      default:
        throw malformed(command);
    }
  });
}

function malformed(what: string): AwsError {
  return new AwsError('MalformedQueryException', `The sandbox does not know this part of a query: ${what}`);
}

/** At pipes that are in no text. */
function splitCommands(text: string): readonly string[] {
  return (text.match(/(?:"[^"]*"|[^|"])+/g) ?? []).map((part) => part.trim());
}

function parseParse(rest: string): Command {
  const [, glob, list] = /^@message\s+"([^"]*)"\s+as\s+(.+)$/.exec(rest) ?? [];
  if (glob === undefined || list === undefined) throw malformed(`parse ${rest}`);
  const names = list.split(',').map((name) => name.trim());
  const parts = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  if (parts.length !== names.length + 1) throw malformed(`parse ${rest}`);
  return { kind: 'parse', pattern: new RegExp(parts.join('(.*?)') + (glob.endsWith('*') ? '$' : '')), names };
}

function parseStats(rest: string): Command {
  const [, columns = '', by = ''] = /^(.+?)(?:\s+by\s+(.+))?$/.exec(rest) ?? [];
  return {
    kind: 'stats',
    columns: columns.split(/,\s*(?=count|sum|max|min)/).map((column) => {
      const [, how, field = '', name] = /^(count|sum|max|min)\(([\w@*]+)\)\s+as\s+(\w+)$/.exec(column.trim()) ?? [];
      if (how === undefined || name === undefined) throw malformed(`stats ${column}`);
      return { name, how: how as Column['how'], field };
    }),
    by: by === '' ? [] : by.split(',').map((field) => field.trim()),
  };
}
