import fc from 'fast-check';
import { parseConfiguration, renderMistake } from '../../src/core/configuration/parse-configuration';
import { parseAuthorizedPorts } from '../../src/core/controls/authorized-ports';
import { renderAskReason } from '../../src/core/reasons/ask-reasons';
import { CONTROL_IDS } from '../../src/core/controls/control-id';
import { controlIdOf } from '../../src/core/controls/control-id-of';
import { asffFindingSchema } from '../../src/core/findings/asff-schema';
import { parseFinding } from '../../src/core/findings/parse-finding';
import { parseFindingsEvent } from '../../src/core/findings/parse-findings-event';
import { renderInputProblem } from '../../src/core/input-problem';
import { parseRestored } from '../../src/core/ledger/parse-restored';
import { parseRemediationRecord } from '../../src/core/ledger/parse-remediation-record';
import { parseCidr } from '../../src/core/network/cidr';
import { parseTargets } from '../../src/core/network/parse-targets';
import { planClosing } from '../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { parseReportedFinding } from '../../src/core/reporting/reported-finding';
import { targetArn } from '../../src/core/target';
import { parseExecutionInput } from '../../src/flow/remediation/parse-execution-input';
import { EVENT_SAMPLES } from './event-samples';
import { FINDING_SAMPLES } from './finding-samples';
import { arbitraryMutated, shortened, toText } from './mutated';
import {
  CIDR_SAMPLES,
  CONFIGURATION_SAMPLES,
  EXECUTION_SAMPLES,
  RESTORED_SAMPLES,
  PARAMETER_SAMPLES,
  RECORD_SAMPLES,
  TARGET_SAMPLES,
} from './parser-samples';
import { RUNS, TIMEOUT_MILLISECONDS } from './runs';
import { Tally } from './tally';

interface Fuzzed {
  readonly name: string;
  readonly samples: readonly unknown[];
  /** Parses, holds the result to what the parser promises, and names its class. */
  readonly classify: (input: unknown, text: string) => string;
}

/** Whoever reads it learns what is wrong, in a line or a few. */
function refused(explanation: string): string {
  expect(explanation).not.toBe('');
  return 'refused';
}

const PARSERS: readonly Fuzzed[] = [
  {
    name: 'parseFinding',
    samples: FINDING_SAMPLES,
    classify: (input) => {
      const finding = parseFinding(input);
      if (!finding.ok) return refused(renderInputProblem(finding.error));
      const { account, control, target, problem } = finding.value;
      if (control === undefined || target === undefined) return problem === undefined ? 'MUTE' : 'has a problem';
      expect(CONTROL_IDS).toContain(control.id);
      expect(target.account).toBe(account);
      // The ARN stands in the finding letter by letter: nothing of it was made up.
      expect(resourceIdsOf(input)).toContain(targetArn(target));
      return 'understood';
    },
  },
  {
    name: 'parseReportedFinding',
    samples: FINDING_SAMPLES,
    classify: (input) => {
      const finding = parseReportedFinding(input, 1);
      if (finding.ok) return 'understood';
      return finding.error.kind === 'other-control'
        ? finding.error.kind
        : refused(finding.error.reason) && finding.error.kind;
    },
  },
  {
    name: 'controlIdOf',
    samples: FINDING_SAMPLES,
    classify: (input) => {
      const evidence = asffFindingSchema.safeParse(input);
      if (!evidence.success) return 'not a finding';
      const control = controlIdOf(evidence.data);
      if (control === undefined) return 'none of ours';
      expect(CONTROL_IDS).toContain(control);
      return 'one of ours';
    },
  },
  {
    name: 'parseFindingsEvent',
    samples: EVENT_SAMPLES,
    classify: (input) => {
      const event = parseFindingsEvent(input);
      if (!event.ok) return refused(renderInputProblem(event.error));
      expect(event.value.findings.length).toBeGreaterThan(0);
      expect(event.value.findings.every(({ id, productArn }) => id !== '' && productArn !== '')).toBe(true);
      return event.value.trigger;
    },
  },
  {
    name: 'parseTargets, and the plan for what was understood',
    samples: TARGET_SAMPLES,
    classify: (input) => {
      const targets = parseTargets(input);
      if (!targets.ok) return refused(renderInputProblem(targets.error));
      const controls = CONTROL_IDS.map((id) => ({ id, parameters: [] }));
      for (const target of targets.value) {
        if (target.kind === 'security-group') planClosing({ resource: target, controls, policy: DEFAULT_PLAN_POLICY });
      }
      return 'understood';
    },
  },
  {
    name: 'parseConfiguration',
    samples: CONFIGURATION_SAMPLES,
    classify: (input) => {
      const configuration = parseConfiguration(input);
      if (configuration.ok) return 'valid';
      return refused(configuration.error.map(renderMistake).join('\n'));
    },
  },
  {
    name: 'parseRemediationRecord',
    samples: RECORD_SAMPLES,
    classify: (input) => {
      const record = parseRemediationRecord(input);
      return record.ok ? 'understood' : refused(record.error);
    },
  },
  {
    name: 'parseGivenBack',
    samples: RESTORED_SAMPLES,
    classify: (_, text) => {
      const restored = parseRestored(text);
      return restored.ok ? 'understood' : refused(restored.error);
    },
  },
  {
    name: 'parseExecutionInput',
    samples: EXECUTION_SAMPLES,
    classify: (input) => {
      const parsed = parseExecutionInput(input);
      if (!parsed.ok) return refused(parsed.error);
      // Nothing that is made up gets into the names of roles, documents and executions.
      expect(targetArn(parsed.value.target)).toMatch(/^[\w:/-]+$/);
      return 'understood';
    },
  },
  {
    name: 'parseAuthorizedPorts',
    samples: PARAMETER_SAMPLES,
    classify: (input) => {
      // What stands in a finding is read by its schema first.
      const finding = parseFinding({
        ...FINDING_SAMPLES[1],
        Compliance: { SecurityControlId: 'EC2.18', SecurityControlParameters: input },
      });
      if (!finding.ok) return refused(renderInputProblem(finding.error));
      const ports = parseAuthorizedPorts(finding.value.control?.parameters ?? []);
      if (!ports.ok) return refused(renderAskReason(ports.error));
      const ranges = [...ports.value.tcp, ...ports.value.udp];
      expect(ranges.every(({ from, to }) => from >= 0 && from <= to && to <= 65535)).toBe(true);
      return 'understood';
    },
  },
  {
    name: 'parseCidr',
    samples: CIDR_SAMPLES,
    classify: (input) => {
      const cidr = parseCidr(typeof input === 'string' ? input : typeof input);
      if (!cidr.ok) return refused(cidr.error);
      expect(cidr.value.first <= cidr.value.last).toBe(true);
      return 'understood';
    },
  },
];

describe.each(PARSERS)('$name', ({ name, samples, classify }) => {
  test.each(samples.map((sample, index) => [index, sample] as const))('takes sample %i as it is', (_, sample) => {
    const text = JSON.stringify(sample);
    expect(() => classify(JSON.parse(text), text)).not.toThrow();
  });

  test(
    'answers every mutated input with a value, never with an exception',
    async () => {
      const tally = new Tally();
      await fc.assert(
        fc.asyncProperty(arbitraryMutated(), async (mutated) => {
          const text = toText(samples, mutated);
          await tally.time(() => {
            try {
              return classify(JSON.parse(text), text);
            } catch (error) {
              throw new Error(`${name} on ${shortened(text)}`, { cause: error });
            }
          });
        }),
        { numRuns: RUNS },
      );
      tally.print(name);
      expect(tally.labels()).not.toContain('MUTE');
    },
    TIMEOUT_MILLISECONDS,
  );
});

function resourceIdsOf(input: unknown): readonly unknown[] {
  const { Resources: resources } = input as { readonly Resources?: readonly { readonly Id?: unknown }[] };
  return (resources ?? []).map(({ Id }) => Id);
}
