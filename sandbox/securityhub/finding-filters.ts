import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { z } from 'zod';

import { DATE_FIELDS, MAP_FIELDS, NUMBER_FIELDS, STRING_FIELDS } from './finding-fields';
import { invalidInput } from './securityhub-error';

/** Asks one finding, at one moment (date ranges count back from it). */
export type FindingTest = (finding: AwsSecurityFinding, nowMillis: number) => boolean;

const stringFilter = z.strictObject({
  Value: z.string(),
  Comparison: z
    .literal(['EQUALS', 'PREFIX', 'CONTAINS', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS', 'NOT_CONTAINS'])
    .default('EQUALS'),
});
const mapFilter = z.strictObject({
  Key: z.string(),
  Value: z.string(),
  Comparison: z.literal(['EQUALS', 'CONTAINS', 'NOT_EQUALS', 'NOT_CONTAINS']).default('EQUALS'),
});
const dateFilter = z.strictObject({
  Start: z.string().optional(),
  End: z.string().optional(),
  DateRange: z.strictObject({ Value: z.coerce.number(), Unit: z.literal('DAYS') }).optional(),
});
const numberFilter = z.strictObject({
  Eq: z.coerce.number().optional(),
  Gte: z.coerce.number().optional(),
  Lte: z.coerce.number().optional(),
  Gt: z.coerce.number().optional(),
  Lt: z.coerce.number().optional(),
});

const DAY_MILLIS = 86_400_000;

/**
 * Makes a test of GetFindings' filters or an automation rule's criteria. Within one field, positive comparisons are
 * joined by OR and negative ones by AND; fields are joined by AND.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
 * @param maxValues how many filters a field may have
 * @throws AwsError InvalidInputException, naming the field
 */
export function parseFilters(filters: object, maxValues: (field: string) => number): FindingTest {
  const tests = Object.entries(filters)
    .filter(([, values]) => values !== undefined)
    .map(([field, values]) => {
      if (!Array.isArray(values)) throw invalidInput(`Filter ${field} is not a list`);
      if (values.length > maxValues(field)) {
        throw invalidInput(`Filter ${field} has ${values.length} values, more than ${maxValues(field)}`);
      }
      return parseField(field, values);
    });
  return (finding, nowMillis) => tests.every((test) => test(finding, nowMillis));
}

function parseField(field: string, values: readonly unknown[]): FindingTest {
  const texts = STRING_FIELDS[field];
  if (texts) return textTest(texts, parse(field, stringFilter, values));
  const dates = DATE_FIELDS[field];
  if (dates) return dateTest(dates, parse(field, dateFilter, values));
  const number = NUMBER_FIELDS[field];
  if (number) return numberTest(number, parse(field, numberFilter, values));
  const maps = MAP_FIELDS[field];
  if (maps) return mapTest(maps, parse(field, mapFilter, values));
  throw invalidInput(`Filter ${field} is not in the sandbox`);
}

function parse<Schema extends z.ZodType>(
  field: string,
  schema: Schema,
  values: readonly unknown[],
): z.output<Schema>[] {
  return values.map((value) => {
    // The SDK's types carry fields that are undefined.
    const parsed = schema.safeParse(JSON.parse(JSON.stringify(value)));
    if (parsed.success) return parsed.data;
    throw invalidInput(
      `Filter ${field}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
    );
  });
}

type Comparison = z.output<typeof stringFilter>['Comparison'];

const POSITIVE: readonly Comparison[] = ['EQUALS', 'PREFIX', 'CONTAINS'];

function compares(value: string, comparison: Comparison, wanted: string): boolean {
  switch (comparison) {
    case 'EQUALS':
    case 'NOT_EQUALS':
      return value === wanted;
    case 'PREFIX':
    case 'PREFIX_NOT_EQUALS':
      return value.startsWith(wanted);
    case 'CONTAINS':
    case 'NOT_CONTAINS':
      return value.includes(wanted);
  }
}

/** Sorted once, for every finding is asked. */
function anyOfOrNoneOf<Filter extends { readonly Comparison: Comparison }>(
  filters: readonly Filter[],
): (holds: (filter: Filter) => boolean) => boolean {
  const wanted = filters.filter(({ Comparison }) => POSITIVE.includes(Comparison));
  const unwanted = filters.filter(({ Comparison }) => !POSITIVE.includes(Comparison));
  return (holds) => (wanted.length === 0 || wanted.some(holds)) && !unwanted.some(holds);
}

function textTest(
  texts: (finding: AwsSecurityFinding) => readonly (string | undefined)[],
  filters: z.output<typeof stringFilter>[],
): FindingTest {
  const holdsFor = anyOfOrNoneOf(filters);
  return (finding) => {
    const values = texts(finding);
    return holdsFor(({ Comparison, Value }) =>
      values.some((value) => value !== undefined && compares(value, Comparison, Value)),
    );
  };
}

function mapTest(
  maps: (finding: AwsSecurityFinding) => readonly (Readonly<Record<string, string>> | undefined)[],
  filters: z.output<typeof mapFilter>[],
): FindingTest {
  const holdsFor = anyOfOrNoneOf(filters);
  return (finding) =>
    holdsFor(({ Key, Comparison, Value }) =>
      maps(finding).some((map) => map?.[Key] !== undefined && compares(map[Key], Comparison, Value)),
    );
}

function dateTest(
  dates: (finding: AwsSecurityFinding) => readonly (string | undefined)[],
  filters: z.output<typeof dateFilter>[],
): FindingTest {
  return (finding, nowMillis) =>
    filters.some(({ Start, End, DateRange }) => {
      const from = DateRange ? nowMillis - DateRange.Value * DAY_MILLIS : Date.parse(Start ?? '') || -Infinity;
      const to = DateRange ? nowMillis : Date.parse(End ?? '') || Infinity;
      return dates(finding).some((date) => date !== undefined && Date.parse(date) >= from && Date.parse(date) <= to);
    });
}

function numberTest(
  number: (finding: AwsSecurityFinding) => number | undefined,
  filters: z.output<typeof numberFilter>[],
): FindingTest {
  return (finding) => {
    const value = number(finding);
    if (value === undefined) return false;
    return filters.some(
      ({ Eq = value, Gte = value, Lte = value, Gt = -Infinity, Lt = Infinity }) =>
        value === Eq && value >= Gte && value <= Lte && value > Gt && value < Lt,
    );
  };
}
