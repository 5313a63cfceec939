/**
 * What `.ci/run` plays on the machine's Node: what a version of Node can break in what runs on people's machines
 * (docs/decisions/0188-node-20-plays-what-runs-on-peoples-machines.md). That every API is there is the compiler's to say
 * (`lib` and @types/node are those of the oldest Node); here is what behaves in another way.
 */
const base = require('./jest.config.js');

/** Left out of `npm test`: every command by a process of its own, against the sandbox in another; nineteen scenarios. */
const ONCE_MORE = ['**/test/cli/sandbox/every-command-once.test.ts', '**/test/cli/start.test.ts'];

/** What takes this long plays many cases of one kind; the same functions are in the other files. */
const LONG = [
  'certificate/tampering',
  'context/hostile',
  'messages/email',
  'policy/unread-surroundings',
  'reporting/report-html',
];

/** @type {import('jest').Config & { readonly ONCE_MORE: readonly string[] }} */
module.exports = {
  ...base,
  ONCE_MORE,
  testMatch: [
    ...ONCE_MORE,
    // How a process begins and ends; profiles.
    '**/test/cli/{command-line,profile}.test.ts',
    // What commands print, in this process: widths, colours, numbers, dates, tables, archives.
    '**/test/cli/{bad-input,completion,fit-lines,waiting-line,show}.test.ts',
    '**/test/cli/{report,scenarios,terminal}/*.test.ts',
    // Streams, HTTP, child processes, how they load modules, clocks.
    '**/test/sandbox/{runtime,wire}/*.test.ts',
    '**/test/sandbox/lambda/{function-process,plain-functions,spare-processes}.test.ts',
    '**/test/aws/aws-failure.test.ts',
    // Sorting, dates, regular expressions and Intl show here before they show anywhere else.
    '**/test/core/**/*.test.ts',
    '!**/*promises.test.ts',
    ...LONG.map((file) => `!**/test/core/${file}.test.ts`),
  ],
};
