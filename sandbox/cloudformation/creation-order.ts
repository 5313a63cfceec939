import { isRecord, substitutedNames, toFunctionCall } from './intrinsic-functions';
import type { TemplateResource } from './template';

/**
 * The logical ids so that everything comes after what it depends on (`DependsOn`, `Ref`, `Fn::GetAtt`, `Fn::Sub`);
 * where nothing decides, the template's own order stays.
 * @throws Error when resources depend on each other in a circle, naming the circle.
 */
export function creationOrder(resources: Readonly<Record<string, TemplateResource>>): readonly string[] {
  const ordered = new Set<string>();
  const visit = (logicalId: string, from: readonly string[]): void => {
    if (ordered.has(logicalId)) return;
    const resource = resources[logicalId];
    if (!resource) return;
    if (from.includes(logicalId)) {
      const circle = [...from.slice(from.indexOf(logicalId)), logicalId].join(' → ');
      throw new Error(`Circular dependency between resources: ${circle}`);
    }
    for (const dependency of dependenciesOf(resource)) visit(dependency, [...from, logicalId]);
    ordered.add(logicalId);
  };
  for (const logicalId of Object.keys(resources)) visit(logicalId, []);
  return [...ordered];
}

function dependenciesOf(resource: TemplateResource): ReadonlySet<string> {
  return new Set([...resource.DependsOn, ...namesIn(resource.Properties)]);
}

/** Every name that a value refers to: resources, and parameters too. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isRecord(value)) return [];
  const call = toFunctionCall(value);
  if (call?.name === 'Ref' && typeof call.argument === 'string') return [call.argument];
  if (call?.name === 'Fn::GetAtt') {
    const [logicalId] = typeof call.argument === 'string' ? call.argument.split('.') : [call.argument].flat();
    return typeof logicalId === 'string' ? [logicalId] : [];
  }
  if (call?.name === 'Fn::Sub') {
    const [template, variables] = [call.argument].flat();
    const own = isRecord(variables) ? variables : {};
    const names = typeof template === 'string' ? substitutedNames(template).filter((name) => !(name in own)) : [];
    return [...names.map((name) => name.split('.')[0] ?? name), ...namesIn(own)];
  }
  return Object.values(value).flatMap(namesIn);
}
