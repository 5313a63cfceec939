import fc from 'fast-check';
import { findGroupOpenings } from '../../../src/core/certificate/evaluation/group-openings';
import { readState } from '../../../src/core/certificate/evaluation/read-state';
import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { toVerdict } from '../../../src/core/verification/to-verdict';
import { addressSamples, toBlock, type Block } from '../../oracle/addresses';
import { arbitraryExcepted } from '../../oracle/arbitrary-exceptions';
import { arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { applyStep } from '../../oracle/ec2';
import { CONTROL_PORTS, forbids, openers } from '../../oracle/forbidden';
import { packetSamples, portSamples, predicateOf, sourceBlocks, type Packet } from '../../oracle/packets';

interface Scene {
  readonly group: SecurityGroup;
  readonly controls: readonly RequestedControl[];
  readonly states: readonly (readonly SecurityGroupRule[])[];
  readonly isAsked: boolean;
}

function always(holds: (scene: Scene) => void): void {
  assertProperty(
    fc.property(arbitraryGroup, arbitraryExcepted, arbitraryPolicy, (group, controls, policy) => {
      const plan = planClosing({ resource: group, controls, policy });
      const states: (readonly SecurityGroupRule[])[] = [group.rules];
      for (const step of plan.steps) states.push(applyStep(states.at(-1) ?? [], step));
      holds({ group, controls, states, isAsked: plan.ask.length > 0 });
    }),
  );
}

const after = ({ states }: Scene) => states.at(-1) ?? [];

/** Whether exceptions of a control name a packet, straight from what they say. */
function names({ except = [] }: RequestedControl, { from, protocol, port }: Packet): boolean {
  if ('group' in from || (protocol !== 'tcp' && protocol !== 'udp')) return false;
  return except.some((each) => {
    const block = toBlock(each.source);
    const isFrom = block.family === from.family && block.first <= from.address && from.address <= block.last;
    return isFrom && each[protocol].some((range) => range.from <= port && port <= range.to);
  });
}

function addressesOf(
  rule: SecurityGroupRule,
  family: Block['family'],
  group: SecurityGroup,
  whole: boolean,
): readonly bigint[] {
  const blocks = sourceBlocks(rule, group.prefixLists).filter((block) => block.family === family);
  const size = 2n ** (family === 'ipv4' ? 32n : 128n);
  const meant = blocks.filter((block) => (block.last - block.first + 1n === size) === whole);
  return addressSamples(family, meant).filter((address) =>
    meant.some((block) => block.first <= address && address <= block.last),
  );
}

describe('An exception never lets anything be which it does not name', () => {
  test('what is open after a closing though a control forbids it, its exceptions name, address by address', () => {
    always((scene) => {
      if (scene.isAsked) return;
      const { group, controls } = scene;
      const rules = after(scene).filter((rule) => !rule.IsEgress);
      for (const control of controls) {
        for (const family of ['ipv4', 'ipv6'] as const) {
          for (const protocol of ['tcp', 'udp'] as const) {
            for (const port of portSamples(rules, CONTROL_PORTS)) {
              if (!forbids(control, family, protocol, port)) continue;
              for (const rule of openers(rules, family, protocol, port, group)) {
                const unnamed = addressesOf(rule, family, group, true).find(
                  (address) => !names(control, { from: { family, address }, protocol, port }),
                );
                expect({ control: control.id, rule, port, unnamed }).toMatchObject({ unnamed: undefined });
              }
            }
          }
        }
      }
    });
  });

  test('nothing is opened at any moment', () => {
    always((scene) => {
      const { group, states } = scene;
      const [before, ...later] = states.map((rules) => predicateOf(rules, group.prefixLists));
      const samples = packetSamples(states.flat(), group.prefixLists, [22, 80, 3389]);
      expect(samples.find((packet) => !before?.(packet) && later.some((passes) => passes(packet)))).toBeUndefined();
    });
  });

  test('planning again plans nothing, and the verdict and the independent verification agree that nothing is beyond', () => {
    always((scene) => {
      if (scene.isAsked) return;
      const { group, controls } = scene;
      const resource = { ...group, rules: after(scene) };
      expect(planClosing({ resource, controls, policy: EASY }).steps).toEqual([]);
      expect(toVerdict({ kind: 'found', resource }, controls).kind).toBe('closed');
      const { kind, id, name, tags, rules, prefixLists } = resource;
      const state = readState({ kind, id, name, tags, rules }, new Map(Object.entries(prefixLists)));
      if ('problem' in state || state.kind !== 'security-group') throw new Error('the state makes no sense');
      for (const control of controls) {
        const { except = [], ...plain } = control;
        const said = except.map((each) => ({ ...each, exceptionId: '', reason: '', by: '', until: '' }));
        expect(findGroupOpenings(state, { ...plain, except: said }).openings).toEqual([]);
      }
    });
  });
});

const EASY = { strategy: 'close', publicPorts: { tcp: [], udp: [] }, ruleQuota: 1000 } as const;

test('What an exception names stays open, unless a control forbids it that has no such exception', () => {
  always((scene) => {
    if (scene.isAsked) return;
    const { group, controls, states } = scene;
    const [before, last] = [group.rules, after(scene)].map((rules) => predicateOf(rules, group.prefixLists));
    const isMeant = (packet: Packet): boolean => {
      const { from, protocol, port } = packet;
      if ('group' in from || (protocol !== 'tcp' && protocol !== 'udp')) return false;
      const objecting = controls.filter((control) => forbids(control, from.family, protocol, port));
      return objecting.length > 0 && objecting.every((control) => names(control, packet));
    };
    const lost = packetSamples(states.flat(), group.prefixLists, [22, 80, 3389]).find(
      (packet) => isMeant(packet) && before?.(packet) && !last?.(packet),
    );
    expect(lost).toBeUndefined();
  });
});
