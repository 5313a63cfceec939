import type { CertifiedControl } from '../certificate';
import { readBlock, type AddressBlock } from './address-block';
import { holdAll, mergeIntervals } from './interval';
import { isAbout, TCP, UDP, type EquivalenceClass, type OneProtocol } from './traffic';

/** What an exception leaves open, read: written apart from what the planner goes by. */
interface Excepted {
  readonly block: AddressBlock;
  readonly traffic: readonly OneProtocol[];
}

export interface Exceptions {
  /** Traffic at whose edges all other traffic must be split before it is asked about. */
  readonly traffic: readonly OneProtocol[];
  /** Whether every address of a block may have such traffic, by one exception or by several together. */
  readonly allow: (block: AddressBlock, trafficClass: EquivalenceClass) => boolean;
}

/** What makes no sense leaves nothing open. */
export function readExceptions({ except = [] }: CertifiedControl): Exceptions {
  const all = except.flatMap(({ source, tcp, udp }): readonly Excepted[] => {
    const block = readBlock(source);
    return block === undefined ? [] : [{ block, traffic: [...over(TCP, tcp), ...over(UDP, udp)] }];
  });
  return {
    traffic: all.flatMap(({ traffic }) => traffic),
    allow: (block, trafficClass) => {
      const letIn = all.filter(
        (each) => each.block.family === block.family && each.traffic.some((one) => isAbout(one, trafficClass)),
      );
      return letIn.length > 0 && holdAll(mergeIntervals(letIn.map((each) => each.block)), [block]);
    },
  };
}

function over(
  protocol: number,
  ports: readonly { readonly from: number; readonly to: number }[],
): readonly OneProtocol[] {
  return ports.map((range) => ({ protocol, ports: range, codes: { from: 0, to: 0 } }));
}
