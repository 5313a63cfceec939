import { findById, type IdKind } from './ec2-ids';

/**
 * What a describing request names by id, or everything when it names nothing.
 * @throws AwsError `….Malformed` or `….NotFound`
 */
export function chooseByIds<Resource>(
  kind: IdKind,
  resources: ReadonlyMap<string, Resource>,
  ids: readonly string[] | undefined,
): readonly Resource[] {
  return ids === undefined || ids.length === 0
    ? [...resources.values()]
    : ids.map((id) => findById(kind, resources, id));
}
