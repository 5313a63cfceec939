import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Of one pattern: whether it matches each event, or why it is no pattern. */
export type Answer = { readonly matches: readonly boolean[] } | { readonly refused: string };

/**
 * What AWS's own engine says of each pattern, in one run of Java.
 * @throws where scripts/test-peers.cjs has not fetched the engine: nothing here may pass without it
 */
export function askEventRuler(patterns: readonly string[], events: readonly unknown[]): readonly Answer[] {
  const classPath = process.env['PEERS_EVENT_RULER_CLASS_PATH'];
  if (classPath === undefined) throw new Error('There is no Event Ruler: start this test with "npm run test:peers"');
  const program = join('test', 'peers', 'event-ruler', 'AnswerPatterns.java');
  const { status, stdout, stderr, error } = spawnSync('java', ['-cp', classPath, program], {
    encoding: 'utf8',
    input: [events, ...patterns].map((line) => `${JSON.stringify(line)}\n`).join(''),
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`Event Ruler did not answer: ${error?.message ?? stderr}`);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Answer);
}
