/** What the functions of a template look up. Every look-up of something unknown throws a plain Error. */
export interface Scope {
  /** A parameter, pseudo parameter or resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, attributeName: string): unknown;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown;
  condition(name: string): boolean;
  importValue(exportName: string): unknown;
  availabilityZones(region: string): readonly string[];
}

/** `AWS::NoValue`: what holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** A function of a template that could not be resolved; `path` leads to it, such as `Environment.Variables.QUEUE`. */
export class UnresolvedValue extends Error {
  readonly path: string;

  constructor(path: readonly string[], reason: string) {
    super(reason);
    this.path = path.join('.');
  }
}

/**
 * The value with every function of CloudFormation replaced by its result.
 * @throws UnresolvedValue
 */
export function resolve(value: unknown, scope: Scope, path: readonly string[] = []): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item: unknown, index) => resolve(item, scope, [...path, String(index)]))
      .filter((item) => item !== NO_VALUE);
  }
  if (typeof value === 'string' && value.includes('{{resolve:')) {
    throw new UnresolvedValue(path, `dynamic references are not resolved by the sandbox: ${value}`);
  }
  if (!isRecord(value)) return value;
  const call = toFunctionCall(value);
  if (call) return apply(call.name, call.argument, scope, path);
  const entries = Object.entries(value).map(([key, item]) => [key, resolve(item, scope, [...path, key])] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

/** `{"Fn::Join": …}` or `{"Ref": …}`: an object of one key that names a function. */
export function toFunctionCall(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (!isRecord(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  // `Condition` as a key is also an element of IAM policies; only a name as its argument makes it a function.
  const isFunction =
    name === 'Ref' || name.startsWith('Fn::') || (name === 'Condition' && typeof argument === 'string');
  return isFunction ? { name, argument } : undefined;
}

/** The names in `${…}` of an `Fn::Sub` text; `${!Literal}` is none. */
export function substitutedNames(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => (name && !name.startsWith('!') ? [name.trim()] : []));
}

const PLACEHOLDER = /\$\{([^}]*)\}/g;

function apply(name: string, argument: unknown, scope: Scope, path: readonly string[]): unknown {
  const here = [...path, name];
  const fail = (reason: string): never => {
    throw new UnresolvedValue(here, reason);
  };
  const value = (part: unknown): unknown => resolve(part, scope, here);
  const text = (part: unknown): string => {
    const resolved = value(part);
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean') {
      return String(resolved);
    }
    return fail(`a text is expected, not ${JSON.stringify(resolved)}`);
  };
  const list = (part: unknown): readonly unknown[] => {
    const resolved = value(part);
    return Array.isArray(resolved) ? (resolved as readonly unknown[]) : fail('a list is expected');
  };
  const members = (count: number): readonly unknown[] =>
    Array.isArray(argument) && argument.length === count
      ? (argument as readonly unknown[])
      : fail(`${count} members are expected`);
  const lookUp = <Found>(find: () => Found): Found => {
    try {
      return find();
    } catch (error) {
      if (error instanceof UnresolvedValue) throw error;
      return fail(error instanceof Error ? error.message : String(error));
    }
  };

  switch (name) {
    case 'Ref':
      return lookUp(() => scope.ref(text(argument)));
    case 'Fn::GetAtt': {
      const [logicalId = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument);
      return lookUp(() => scope.attribute(text(logicalId), attribute.map(text).join('.')));
    }
    case 'Fn::Sub': {
      const [template, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument, {}];
      if (typeof template !== 'string' || !isRecord(variables)) return fail('a text, or a text and a map, is expected');
      return template.replace(PLACEHOLDER, (_match, written: string) => {
        if (written.startsWith('!')) return `\${${written.slice(1)}}`;
        const variable = written.trim();
        if (variable in variables) return text(variables[variable]);
        return text(variable.includes('.') ? { 'Fn::GetAtt': variable } : { Ref: variable });
      });
    }
    case 'Fn::Join': {
      const [separator, parts] = members(2);
      return list(parts).map(text).join(text(separator));
    }
    case 'Fn::Select': {
      const [index, from] = members(2);
      const items = list(from);
      const position = Number(text(index));
      return position in items ? items[position] : fail(`index ${position} is outside a list of ${items.length}`);
    }
    case 'Fn::Split': {
      const [separator, whole] = members(2);
      return text(whole).split(text(separator));
    }
    case 'Fn::FindInMap': {
      const [map, top, second] = members(3);
      return lookUp(() => scope.mapping(text(map), text(top), text(second)));
    }
    case 'Fn::Base64':
      return Buffer.from(text(argument)).toString('base64');
    case 'Fn::GetAZs':
      return lookUp(() => scope.availabilityZones(text(argument)));
    case 'Fn::ImportValue':
      return lookUp(() => scope.importValue(text(argument)));
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = members(3);
      return value(lookUp(() => scope.condition(text(condition))) ? whenTrue : whenFalse);
    }
    case 'Fn::Equals': {
      const [left, right] = members(2);
      return JSON.stringify(value(left)) === JSON.stringify(value(right));
    }
    case 'Fn::And':
      return list(argument).every(Boolean);
    case 'Fn::Or':
      return list(argument).some(Boolean);
    case 'Fn::Not':
      return !value(members(1)[0]);
    case 'Condition':
      return lookUp(() => scope.condition(text(argument)));
    default:
      return fail('the sandbox does not know this function');
  }
}

/** A map of a template: an object that is neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
