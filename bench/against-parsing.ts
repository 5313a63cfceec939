import type { Measurement } from './measurement';
import type { Timed } from './timed-process';

/** Processor time against that of reading and parsing the same file, which nothing that reads it can do without. */
export function againstParsing(name: string, ours: Timed, theirs: Timed): Measurement {
  return {
    name,
    value: ours.processorMilliseconds,
    unit: 'ms of processors',
    against: `reading and JSON.parse of the same file: ${theirs.processorMilliseconds.toFixed(0)} ms`,
    ratio: ours.processorMilliseconds / theirs.processorMilliseconds,
  };
}
