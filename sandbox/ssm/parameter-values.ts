import { AwsError } from '../runtime/aws-error';
import type { Undocumented } from './undocumented';
import type { AutomationDocument, DocumentParameter, ParameterType } from './automation-document';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
const maxValues = 50;
const maxValueCharacters = 512;

/**
 * Turns the texts of a start call into the document's typed values, defaults included.
 * @throws AwsError InvalidAutomationExecutionParametersException, naming the parameter
 */
export function toParameterValues(
  document: AutomationDocument,
  given: Readonly<Record<string, readonly string[]>>,
  undocumented: Undocumented = {},
): ReadonlyMap<string, unknown> {
  for (const name of Object.keys(given)) {
    if (!(name in document.parameters)) throw invalid(`Parameter "${name}" is not declared in the document.`);
  }
  return new Map(
    Object.entries(document.parameters).map(([name, parameter]) => {
      const texts = given[name];
      if (texts) return [name, toValue(name, parameter, texts, undocumented)];
      if (parameter.default === undefined) throw invalid(`Parameter "${name}" is required and has no value.`);
      return [name, parameter.default];
    }),
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidAutomationExecutionParametersException', message);
}

function toValue(
  name: string,
  parameter: DocumentParameter,
  texts: readonly string[],
  { mapLists = 'map-each', integers = 'number' }: Undocumented,
): unknown {
  if (texts.length > maxValues)
    throw invalid(`Parameter "${name}" has ${texts.length} values, more than ${maxValues}.`);
  for (const text of texts) checkText(name, parameter, text);
  if (parameter.type === 'MapList' && mapLists !== 'map-each') return readWholeList(name, parameter, texts, mapLists);
  if (parameter.type === 'StringList' || parameter.type === 'MapList') {
    const { minItems = 0, maxItems = maxValues } = parameter;
    if (texts.length < minItems || texts.length > maxItems) {
      throw invalid(`Parameter "${name}" must have ${minItems} to ${maxItems} items, not ${texts.length}.`);
    }
    return parameter.type === 'StringList' ? [...texts] : texts.map((text) => parseStringMap(name, text));
  }
  const [text, ...others] = texts;
  if (text === undefined || others.length > 0) {
    throw invalid(`Parameter "${name}" of type ${parameter.type} must have one value, not ${texts.length}.`);
  }
  const value = toSingleValue(name, parameter.type, text);
  return parameter.type === 'Integer' && integers === 'text' ? text : value;
}

function readWholeList(
  name: string,
  { minItems = 0, maxItems = maxValues }: DocumentParameter,
  texts: readonly string[],
  mapLists: 'whole-list' | 'refused',
): unknown {
  const [text, ...others] = texts;
  if (mapLists === 'refused' || text === undefined || others.length > 0) {
    throw invalid(`Parameter "${name}" of type MapList must be one text that is a list.`);
  }
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw invalid(`Parameter "${name}" has value "${text}", which is not JSON.`);
  }
  if (!Array.isArray(list) || !list.every(isStringMap) || list.length < minItems || list.length > maxItems) {
    throw invalid(`Parameter "${name}" has value "${text}", which is not a list of maps of strings.`);
  }
  return list;
}

function checkText(
  name: string,
  { allowedPattern, allowedValues, ...parameter }: DocumentParameter,
  text: string,
): void {
  const { minChars = 0, maxChars = maxValueCharacters } = parameter;
  if (text.length > maxValueCharacters) {
    throw new AwsError(
      'ValidationException',
      `A value of parameter "${name}" has ${text.length} characters, more than ${maxValueCharacters}.`,
    );
  }
  if (text.length < minChars || text.length > maxChars) {
    throw invalid(`Parameter "${name}" has value "${text}" not of ${minChars} to ${maxChars} characters.`);
  }
  if (allowedValues && !allowedValues.map(String).includes(text)) {
    throw invalid(`Parameter "${name}" has value "${text}" not found in [${allowedValues.join(', ')}].`);
  }
  if (allowedPattern !== undefined && !new RegExp(allowedPattern).test(text)) {
    throw invalid(`Parameter "${name}" has value "${text}" not matching ${allowedPattern}.`);
  }
}

function toSingleValue(name: string, type: Exclude<ParameterType, 'StringList' | 'MapList'>, text: string): unknown {
  switch (type) {
    case 'String':
      return text;
    case 'Integer':
      if (!/^-?\d+$/.test(text)) throw invalid(`Parameter "${name}" has value "${text}", which is not an integer.`);
      return Number(text);
    case 'Boolean':
      if (text !== 'true' && text !== 'false')
        throw invalid(`Parameter "${name}" has value "${text}", which is not a boolean.`);
      return text === 'true';
    case 'StringMap':
      return parseStringMap(name, text);
  }
}

/** Maps of strings only: AWS documents nothing else, so the sandbox takes nothing else. */
function parseStringMap(name: string, text: string): Record<string, string> {
  let map: unknown;
  try {
    map = JSON.parse(text);
  } catch {
    throw invalid(`Parameter "${name}" has value "${text}", which is not JSON.`);
  }
  if (!isStringMap(map)) throw invalid(`Parameter "${name}" has value "${text}", which is not a map of strings.`);
  return map;
}

function isStringMap(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((member) => typeof member === 'string')
  );
}

/** Whether a value that is there already (a default, what a selector found) is of a type. */
export function isOfType(value: unknown, type: ParameterType): boolean {
  switch (type) {
    case 'String':
      return typeof value === 'string';
    case 'Integer':
      return Number.isInteger(value);
    case 'Boolean':
      return typeof value === 'boolean';
    case 'StringList':
      return Array.isArray(value) && value.every((element) => typeof element === 'string');
    case 'StringMap':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'MapList':
      return Array.isArray(value) && value.every((element) => typeof element === 'object' && element !== null);
  }
}
