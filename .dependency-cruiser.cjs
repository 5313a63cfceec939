'use strict';
// The import rule of docs/architecture: a pure core, a flow against ports, adapters, and thin shells around them.

const PURE_LIBRARIES = '^node_modules/(zod|ipaddr\\.js)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-imports-only-itself',
      comment: 'src/core is pure: itself, zod and ipaddr.js; nothing of Node, no SDK.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { pathNot: ['^src/core/', PURE_LIBRARIES] },
    },
    {
      name: 'certificates-are-verified-independently',
      comment:
        'Whoever verifies a certificate must not make the mistakes of whoever planned: nothing is shared but this folder, ' +
        'and what makes certificates from records is none of it. zod-mini.ts is a library under another name; ' +
        'statement-reasons.ts says in words what verification found, and nobody else uses it.',
      severity: 'error',
      from: { path: '^src/core/certificate/', pathNot: '^src/core/certificate/making/' },
      to: {
        path: '^src/|^node_modules/ipaddr\\.js/',
        pathNot: [
          '^src/core/certificate/(?!making/)',
          '^src/core/(result|zod-mini|reasons/(reason|statement-reasons))\\.ts$',
        ],
      },
    },
    {
      name: 'flow-imports-only-core',
      comment: 'src/flow is written against src/flow/ports and src/core; adapters are given to it.',
      severity: 'error',
      from: { path: '^src/flow/' },
      to: { pathNot: ['^src/(flow|core)/', PURE_LIBRARIES] },
    },
    {
      name: 'aws-imports-ports-and-core',
      comment: 'An adapter knows its port, the core and the SDK; not the flow that calls it.',
      severity: 'error',
      from: { path: '^src/aws/' },
      to: { path: '^(src|stacks|test|scripts)/', pathNot: ['^src/(aws|core)/', '^src/flow/ports/'] },
    },
    {
      name: 'channels-import-ports-and-core',
      comment: 'A channel knows its port, the core and Node; receivers are no services of AWS.',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: { path: '^(src|stacks|test|scripts|sandbox)/', pathNot: ['^src/(channels|core)/', '^src/flow/ports/'] },
    },
    {
      name: 'sandbox-stands-alone',
      comment: 'The sandbox plays AWS: it must not share code with what it tests. Types of the core are allowed.',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|stacks|test|scripts)/', pathNot: '^sandbox/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-adapters-speak-to-aws',
      comment:
        'The SDK is imported in src/aws and by the sandbox; the scenarios play an outside user of the sandbox; ' +
        'the live report makes clients for src/aws from what the environment says.',
      severity: 'error',
      from: {
        path: '^(src|stacks|scripts)/',
        pathNot: '^src/(aws/|cli/scenarios/|cli/report/fetch-live-input\\.ts)',
      },
      to: { path: '^node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'sandbox-is-started-by-the-cli',
      comment:
        'The sandbox is no part of the product: the command line starts it, nothing else of src or stacks knows it.',
      severity: 'error',
      from: { path: '^(src|stacks)/', pathNot: '^src/cli/' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'sandbox-has-one-way-in',
      comment: 'The command line knows sandbox/index.ts; benchmarks and tests may look inside.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^sandbox/', pathNot: '^sandbox/index\\.ts$' },
    },
    {
      name: 'handlers-and-cli-are-the-top',
      comment: 'Nothing below imports the shells.',
      severity: 'error',
      from: { pathNot: '^(src/(handlers|cli)/|test/|scripts/|bin/|bench/)' },
      to: { path: '^src/(handlers|cli)/' },
    },
    {
      name: 'handlers-import-flow-and-aws',
      comment: 'A handler wires adapters to the flow; it ships to Lambda, so nothing of the CLI or the sandbox.',
      severity: 'error',
      from: { path: '^src/handlers/' },
      to: { path: '^(src/cli/|sandbox/|stacks/|test/|scripts/)' },
    },
    {
      name: 'no-test-code-in-products',
      severity: 'error',
      from: { path: '^(src|sandbox|stacks|bin)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dev-dependencies-in-lambda',
      comment: 'What handlers reach is bundled and runs in the hub account.',
      severity: 'error',
      from: { path: '^src/(core|flow|aws|channels|handlers)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-type-cycles',
      comment:
        'Types that need each other stand in one file, or in a third. The world of the tests and the ports that it plays may know ' +
        'each other.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment:
        'A module that nothing imports and that imports nothing is left over. The report reads its script, .mjs files are started, and ' +
        'no-pauses.cjs is loaded, by their path.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.mjs$',
          '/no-pauses\\.cjs$',
          '/html/report\\.js$',
          '^scripts/',
          '^test/',
          '\\.(config|json)',
        ],
      },
      to: {},
    },
    {
      name: 'no-undeclared',
      comment: 'Every package that is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
