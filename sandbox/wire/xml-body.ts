import type { NormalizedSchema } from '@smithy/core/schema';
import { isObject } from './is-object';
import { readScalarText, writeScalarText } from './scalar-text';

/** The members of a structure as XML elements, without an element around them. */
export function writeXmlMembers(schema: NormalizedSchema, value: unknown): string {
  if (!schema.isStructSchema() || !isObject(value)) return '';
  let xml = '';
  for (const [name, member] of schema.structIterator()) {
    const memberValue = value[name];
    if (memberValue !== undefined && memberValue !== null) {
      xml += writeMember(member.getMemberTraits().xmlName ?? name, member, memberValue);
    }
  }
  return xml;
}

/** The members of a structure that has nothing but scalars, from an element of XML as an SDK writes it. */
export function readXmlMembers(schema: NormalizedSchema, xml: string): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, member] of schema.isStructSchema() ? schema.structIterator() : []) {
    const element = member.getMergedTraits().xmlName ?? name;
    const [, text] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml) ?? [];
    if (text !== undefined) values[name] = readScalarText(member, text);
  }
  return values;
}

/**
 * One element around content that is XML already.
 * @param attributes with the space before them: ` xmlns="…"`
 */
export function xmlElement(name: string, content: string, attributes = ''): string {
  return `<${name}${attributes}>${content}</${name}>`;
}

/** Text as it may stand in an element or an attribute in double quotes. */
export function escapeXml(text: string): string {
  // Control characters are escaped too: parsers would otherwise turn a carriage return into a line feed.
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}

function writeMember(name: string, schema: NormalizedSchema, value: unknown): string {
  const flat = schema.getMergedTraits().xmlFlattened !== undefined;
  if (schema.isListSchema() && Array.isArray(value)) {
    const element = schema.getValueSchema();
    const elementName = flat ? name : (element.getMergedTraits().xmlName ?? 'member');
    const elements = value.map((item) => writeMember(elementName, element, item)).join('');
    return flat ? elements : xmlElement(name, elements);
  }
  if (schema.isMapSchema() && isObject(value)) {
    const entries = Object.entries(value).map(([key, item]) =>
      xmlElement(flat ? name : 'entry', writeEntry(schema, key, item)),
    );
    return flat ? entries.join('') : xmlElement(name, entries.join(''));
  }
  if (schema.isStructSchema()) return xmlElement(name, writeXmlMembers(schema, value));
  return xmlElement(name, escapeXml(writeScalarText(schema, value, 'date-time')));
}

function writeEntry(schema: NormalizedSchema, key: string, value: unknown): string {
  const valueSchema = schema.getValueSchema();
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueName = valueSchema.getMergedTraits().xmlName ?? 'value';
  return xmlElement(keyName, escapeXml(key)) + writeMember(valueName, valueSchema, value);
}
