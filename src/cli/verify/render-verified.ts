import type { Statement } from '../../core/certificate/verification/statement';
import type { Verified } from '../../core/certificate/verification/verify-certificates';
import { printableTexts, type Colors } from '../terminal';

/**
 * A line for each certificate, and under it one for whatever does not simply hold. What a certificate says is a
 * forger's to choose: with a line feed in it, it could say on a line of its own that all holds.
 */
export function renderVerified(verified: readonly Verified[], colors: Colors): string {
  return printableTexts(verified)
    .flatMap((each) => [renderHead(each, colors), ...renderStatements(each, colors)])
    .join('\n');
}

function renderHead({ name, evidence, statements }: Verified, { green, red, yellow, bold }: Colors): string {
  const { remediationId, sequence } = evidence.envelope;
  const label = { 'does-not-hold': red('FAILS'), 'could-not-tell': yellow('?????'), holds: green('holds') };
  const { decision, target, outcome, times } = evidence.parts ?? {};
  const facts = [
    bold(remediationId),
    `${decision?.action ?? '?'} of ${target?.id ?? '?'} (${target?.account ?? '?'}, ${target?.region ?? '?'}):`,
    `${outcome?.outcome ?? '?'} at ${times?.finishedAt ?? '?'},`,
    `certificate ${String(sequence)}`,
  ];
  return `${label[verdictOf(statements)]}  ${name}  ${facts.join(' ')}`;
}

function renderStatements({ statements }: Verified, { red, yellow, dim }: Colors): readonly string[] {
  return statements.flatMap(({ check, verdict, text, part }) => {
    const where = part === undefined ? '' : ` [${part}]`;
    switch (verdict) {
      case 'does-not-hold':
        return [`       ${red(`${check} does not hold`)}${where}: ${text}`];
      case 'could-not-tell':
        return [`       ${yellow(`${check} could not be told`)}${where}: ${text}`];
      case 'not-claimed':
        return [dim(`       ${check} is not claimed: ${text}`)];
      case 'holds':
        return text === '' ? [] : [dim(`       ${check}: ${text}`)];
    }
  });
}

/** The worst of all statements. */
function verdictOf(statements: readonly Statement[]): 'holds' | 'does-not-hold' | 'could-not-tell' {
  const verdicts = new Set(statements.map(({ verdict }) => verdict));
  if (verdicts.has('does-not-hold')) return 'does-not-hold';
  return verdicts.has('could-not-tell') ? 'could-not-tell' : 'holds';
}

/** What `--json` prints. */
export function toJson(verified: readonly Verified[]): object {
  const verdict = verdictOf(verified.flatMap(({ statements }) => statements));
  return {
    ok: verdict === 'holds',
    verdict,
    certificates: verified.map(({ name, evidence: { envelope, parts }, statements }) => ({
      file: name,
      remediationId: envelope.remediationId,
      sequence: envelope.sequence,
      hash: envelope.hash,
      target: parts?.target ?? null,
      action: parts?.decision.action ?? null,
      outcome: parts?.outcome.outcome ?? null,
      verdict: verdictOf(statements),
      statements,
    })),
  };
}
