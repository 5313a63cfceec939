import { narrowerBlock } from '../../network/narrower-block';
import { intersectPorts, subtractPorts } from '../../network/port-set';
import { portsOf } from '../../network/rule-ports';
import { forbiddenFrom, type Prohibitions } from '../prohibition';
import { familyOf, type SourceBlock } from '../source-block';
import { withSource, withTraffic } from './part-of-rule';

/**
 * What exceptions leave open of a violating block, unless another requested control forbids it: each part with the rule
 * that is to let it in.
 */
export function exceptedParts({ rule, cidr, family }: SourceBlock, { of }: Prohibitions): readonly SourceBlock[] {
  return of[family]
    .flatMap(({ except }) => except)
    .filter(({ source }) => familyOf(source) === family)
    .flatMap((opening) => {
      const source = narrowerBlock(cidr, opening.source);
      if (source === undefined) return [];
      return (['tcp', 'udp'] as const).flatMap((protocol) => {
        const left = intersectPorts(portsOf(rule, protocol), opening[protocol]);
        const staying = of[family].reduce(
          (ports, each) => subtractPorts(ports, forbiddenFrom(each, source, protocol, ports)),
          left,
        );
        return staying.map((range) => {
          return { rule: withSource(withTraffic(rule, protocol, range), source), family, cidr: source };
        });
      });
    });
}
