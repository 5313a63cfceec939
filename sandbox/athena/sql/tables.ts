import { AwsError } from '../../runtime/aws-error';
import type { Row, Value } from './expression';
import { parseTable } from './select';
import type { Tokens } from './tokens';

export interface Table {
  /** `DATABASE.TABLE`. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly isPartitioned: boolean;
  readonly bucket: string;
  /** Within the bucket, without a slash at its end. */
  readonly prefix: string;
  readonly rows: Row[];
}

/**
 * `CREATE EXTERNAL TABLE`, as the page on flow logs writes it: columns, partitions, `LOCATION`; what stands between
 * them says how files are read, and there are none. https://docs.aws.amazon.com/athena/latest/ug/vpc-flow-logs.html
 */
export function parseCreateTable(tokens: Tokens): Table {
  tokens.expect('CREATE', 'EXTERNAL', 'TABLE');
  tokens.take('IF', 'NOT', 'EXISTS');
  const name = parseTable(tokens);
  const columns = parseColumns(tokens);
  const isPartitioned = tokens.take('PARTITIONED', 'BY');
  const partitions = isPartitioned ? parseColumns(tokens) : [];
  while (tokens.next !== undefined && !tokens.take('LOCATION')) tokens.shift();
  const location = /^'s3:\/\/([^/']+)\/?(.*?)\/?'$/.exec(tokens.shift());
  if (location === null) throw tokens.unexpected('a LOCATION that is none of S3');
  const [, bucket = '', prefix = ''] = location;
  return { name, columns: [...columns, ...partitions], isPartitioned, bucket, prefix, rows: [] };
}

function parseColumns(tokens: Tokens): Table['columns'] {
  const columns: { readonly name: string; readonly isNumber: boolean }[] = [];
  tokens.expect('(');
  do {
    const name = tokens.name().toLowerCase();
    columns.push({ name, isNumber: /^(int|bigint|smallint)$/i.test(tokens.shift()) });
  } while (tokens.take(','));
  tokens.expect(')');
  return columns;
}

/** `INSERT INTO … VALUES`: records as somebody has them. Text in a column of numbers is null, as in files. */
export function parseInsert(tokens: Tokens, tableOf: (name: string) => Table): () => void {
  tokens.expect('INSERT', 'INTO');
  const table = tableOf(parseTable(tokens));
  tokens.expect('VALUES');
  const rows: Row[] = [];
  do {
    tokens.expect('(');
    const values: string[] = [];
    do values.push(tokens.shift());
    while (tokens.take(','));
    tokens.expect(')');
    if (values.length !== table.columns.length) {
      throw new AwsError('InvalidRequestException', `${table.name} has ${table.columns.length} columns.`);
    }
    rows.push(Object.fromEntries(table.columns.map(({ name, isNumber }, at) => [name, toValue(values[at], isNumber)])));
  } while (tokens.take(','));
  return () => {
    table.rows.push(...rows);
  };
}

function toValue(token = '', isNumber: boolean): Value {
  const text = token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : token;
  if (!isNumber) return text;
  return /^\d+$/.test(text) ? Number(text) : null;
}
