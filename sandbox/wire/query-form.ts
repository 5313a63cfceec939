import type { NormalizedSchema } from '@smithy/core/schema';
import { readScalarText } from './scalar-text';

/** `IpPermissions.1.IpRanges.1.CidrIp=…`, taken apart at the dots. */
interface FormNode {
  text: string | undefined;
  readonly children: Map<string, FormNode>;
}

/** EC2 has its own names and leaves the `member` level out of lists. */
export type QueryDialect = 'ec2Query' | 'awsQuery';

/** Reads a request of a query protocol by its operation's input shape. Parameters outside the shape are dropped. */
export function readQueryForm(schema: NormalizedSchema, form: URLSearchParams, dialect: QueryDialect): object {
  const root: FormNode = { text: undefined, children: new Map() };
  for (const [key, value] of form) place(root, key.split('.'), value);
  return schema.isStructSchema() ? readStruct(schema, root, dialect) : {};
}

function place(node: FormNode, [first, ...rest]: readonly string[], text: string): void {
  if (first === undefined) {
    node.text = text;
    return;
  }
  const child = node.children.get(first) ?? { text: undefined, children: new Map() };
  node.children.set(first, child);
  place(child, rest, text);
}

function read(schema: NormalizedSchema, node: FormNode, dialect: QueryDialect): unknown {
  if (schema.isListSchema()) return readList(schema, node, dialect);
  if (schema.isMapSchema()) return readMap(schema, node, dialect);
  if (schema.isStructSchema()) return readStruct(schema, node, dialect);
  return readScalarText(schema, node.text ?? '');
}

function readStruct(schema: NormalizedSchema, node: FormNode, dialect: QueryDialect): object {
  const members: [string, unknown][] = [];
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(memberKey(name, member, dialect));
    if (child) members.push([name, read(member, child, dialect)]);
  }
  return Object.fromEntries(members);
}

function memberKey(name: string, member: NormalizedSchema, dialect: QueryDialect): string {
  const { ec2QueryName, xmlName } = member.getMergedTraits();
  if (dialect === 'awsQuery') return xmlName ?? name;
  if (typeof ec2QueryName === 'string') return ec2QueryName;
  const key = xmlName ?? name;
  return key.charAt(0).toUpperCase() + key.slice(1);
}

/** An empty list is sent as the bare key without a value. */
function readList(schema: NormalizedSchema, node: FormNode, dialect: QueryDialect): unknown[] {
  const element = schema.getValueSchema();
  const flat = dialect === 'ec2Query' || schema.getMergedTraits().xmlFlattened !== undefined;
  const elements = flat ? node : node.children.get(element.getMergedTraits().xmlName ?? 'member');
  return inOrder(elements).map((child) => read(element, child, dialect));
}

function readMap(schema: NormalizedSchema, node: FormNode, dialect: QueryDialect): object {
  const valueSchema = schema.getValueSchema();
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueName = valueSchema.getMergedTraits().xmlName ?? 'value';
  const flat = schema.getMergedTraits().xmlFlattened !== undefined;
  const entries = inOrder(flat ? node : node.children.get('entry')).map((entry): [string, unknown] => {
    const value = entry.children.get(valueName) ?? { text: '', children: new Map<string, FormNode>() };
    return [entry.children.get(keyName)?.text ?? '', read(valueSchema, value, dialect)];
  });
  return Object.fromEntries(entries);
}

/** Elements are numbered from 1, and may arrive in any order. */
function inOrder(node: FormNode | undefined): readonly FormNode[] {
  const numbered = [...(node?.children ?? [])].filter(([key]) => /^\d+$/.test(key));
  return numbered.sort(([left], [right]) => Number(left) - Number(right)).map(([, child]) => child);
}
