import type {
  CompositeFilter,
  DateFilter,
  MapFilter,
  NumberFilter,
  OcsfFindingFilters,
  StringFilter,
} from '@aws-sdk/client-securityhub';

import type { Ocsf } from './to-ocsf';
import { invalid } from './validation-error';

type OcsfTest = (finding: Ocsf) => boolean;

const MAX_COMPOSITES = 10;
const MAX_OF_A_TYPE = 20;

/** Of the many that there are; the others are refused by name. */
const STRING_FIELDS = [
  ...['metadata.uid', 'metadata.product.uid', 'metadata.product.name', 'cloud.account.uid', 'cloud.region'],
  ...['compliance.control', 'compliance.standards', 'compliance.status'],
  ...['finding_info.uid', 'finding_info.title', 'finding_info.desc', 'finding_info.types'],
  ...['resources.uid', 'resources.type', 'resources.region', 'resources.owner.account.uid'],
  ...['status', 'severity', 'vendor_attributes.severity', 'comment', 'class_name', 'activity_name'],
];
const NUMBER_FIELDS = [
  'activity_id',
  'compliance.status_id',
  'severity_id',
  'status_id',
  'vendor_attributes.severity_id',
];

const DATE_FIELDS = ['created', 'first_seen', 'last_seen', 'modified'].map((name) => `finding_info.${name}_time_dt`);
const MAP_FIELDS = ['resources.tags'];

/**
 * https://docs.aws.amazon.com/securityhub/latest/APIReference/API_OcsfFindingFilters.html
 * @throws AwsError ValidationException, also for a field or kind of filter that the sandbox does not have
 */
export function parseOcsfFilters({ CompositeFilters = [], CompositeOperator }: OcsfFindingFilters): OcsfTest {
  if (CompositeFilters.length > MAX_COMPOSITES) {
    throw invalid(`CompositeFilters has ${CompositeFilters.length} members, more than ${MAX_COMPOSITES}`);
  }
  return joined(CompositeFilters.map(parseComposite), CompositeOperator);
}

function parseComposite(composite: CompositeFilter): OcsfTest {
  const { StringFilters = [], NumberFilters = [], DateFilters = [], MapFilters = [], Operator, ...others } = composite;
  const other = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
  if (other !== undefined) throw invalid(`${other} are not in the sandbox`);
  for (const [name, list] of Object.entries({ StringFilters, NumberFilters, DateFilters, MapFilters })) {
    if (list.length > MAX_OF_A_TYPE) throw invalid(`${name} has ${list.length} members, more than ${MAX_OF_A_TYPE}`);
  }
  const texts = StringFilters.map(({ FieldName = '', Filter = {} }) => {
    if (!(STRING_FIELDS as readonly string[]).includes(FieldName)) throw invalid(`${FieldName} is not in the sandbox`);
    const test = parseText(Filter);
    const isNegative = Filter.Comparison?.includes('NOT') === true;
    return (finding: Ocsf) => {
      const values = valuesAt(finding, FieldName).map(String);
      return isNegative ? values.every(test) : values.some(test);
    };
  });
  const numbers = NumberFilters.map(({ FieldName = '', Filter = {} }) => {
    if (!(NUMBER_FIELDS as readonly string[]).includes(FieldName)) throw invalid(`${FieldName} is not in the sandbox`);
    return (finding: Ocsf) => valuesAt(finding, FieldName).some((value) => matchesNumber(Number(value), Filter));
  });
  const dates = DateFilters.map(({ FieldName = '', Filter = {} }) => {
    if (!DATE_FIELDS.includes(FieldName)) throw invalid(`${FieldName} is not in the sandbox`);
    return (finding: Ocsf) => valuesAt(finding, FieldName).some((value) => matchesDate(String(value), Filter));
  });
  const maps = MapFilters.map(({ FieldName = '', Filter = {} }) => {
    if (!MAP_FIELDS.includes(FieldName)) throw invalid(`${FieldName} is not in the sandbox`);
    const test = parseText(Filter);
    return (finding: Ocsf) => {
      const tags = valuesAt(finding, FieldName).filter((tag) => (tag as Ocsf)['name'] === Filter.Key);
      const values = tags.map((tag) => String((tag as Ocsf)['value']));
      return Filter.Comparison?.includes('NOT') === true ? values.every(test) : values.some(test);
    };
  });
  return joined([...texts, ...numbers, ...dates, ...maps], Operator);
}

function joined(tests: readonly OcsfTest[], operator: string | undefined): OcsfTest {
  if (operator === 'OR' && tests.length > 0) return (finding) => tests.some((test) => test(finding));
  return (finding) => tests.every((test) => test(finding));
}

function parseText({ Value = '', Comparison }: StringFilter | MapFilter): (text: string) => boolean {
  if (Value === '') throw invalid('A string filter needs a Value');
  switch (Comparison) {
    case 'EQUALS':
      return (text) => text === Value;
    case 'NOT_EQUALS':
      return (text) => text !== Value;
    case 'PREFIX':
      return (text) => text.startsWith(Value);
    case 'PREFIX_NOT_EQUALS':
      return (text) => !text.startsWith(Value);
    case 'CONTAINS':
      return (text) => text.includes(Value);
    case 'NOT_CONTAINS':
      return (text) => !text.includes(Value);
    default:
      throw invalid(`Comparison ${String(Comparison)} is not in the sandbox`);
  }
}

function matchesNumber(number: number, { Eq, Gte, Lte, Gt, Lt }: NumberFilter): boolean {
  return (
    (Eq === undefined || number === Eq) &&
    (Gte === undefined || number >= Gte) &&
    (Lte === undefined || number <= Lte) &&
    (Gt === undefined || number > Gt) &&
    (Lt === undefined || number < Lt)
  );
}

/** Both ends included. What counts back from now (`DateRange`) is not in the sandbox. */
function matchesDate(date: string, { Start, End, DateRange }: DateFilter): boolean {
  if (DateRange !== undefined) throw invalid('DateRange is not in the sandbox');
  const millis = Date.parse(date);
  return millis >= (Date.parse(Start ?? '') || -Infinity) && millis <= (Date.parse(End ?? '') || Infinity);
}

/** Through lists too: `resources.uid` is that of any resource. */
function valuesAt(value: unknown, path: string): readonly unknown[] {
  let values: readonly unknown[] = [value];
  for (const part of path.split('.')) {
    values = values
      .flatMap((each) => (Array.isArray(each) ? (each as readonly unknown[]) : [each]))
      .flatMap((each) => (typeof each === 'object' && each !== null ? [(each as Ocsf)[part]] : []));
  }
  return values.flat().filter((each) => each !== undefined);
}
