// What may import what. docs/architecture.md says why; `npm run depcruise` enforces it.
const { readFileSync } = require('node:fs');

const PUBLIC = [
  '^libs/[^/]+/src/index[.]ts$',
  '^libs/[^/]+/src/node[.]ts$',
  '^libs/ledger/src/store/index[.]ts$',
  '^libs/platform/src/(database|jobs|redis)/index[.]ts$',
  '^libs/testing/src/(lots|play)/index[.]ts$',
];
const SPECS = ['spec[.]ts$', '/test/'];
/** Runs in the browser, in the verifier and in fifteen years: no framework, no database, nothing of Node. */
const PURE = ['^libs/(contracts|evaluation|sealing|ledger|client|archive|verifying|documents|bid-making)/src/'];
const NODE_SIDE = [
  '^libs/[^/]+/src/node[.]ts$',
  '^libs/[^/]+/src/node/',
  '^libs/ledger/src/store/',
  '^libs/sealing/src/profile/node-primitives[.]ts$',
  '^libs/sealing/src/certificates/authority[.]ts$',
];

/** Slices of the rules in the order of a lot's life, as the roof lists them; each may use those before it, by their public index. */
const SLICES = [...readFileSync('libs/evaluation/src/engine/slices.ts', 'utf8').matchAll(/^ {2}(\w+)Slice,$/gm)].map(([, name]) => name);
const RULES = '^libs/evaluation/src/';
/** Variants behind one interface: they know the law only, so that earlier slices may ask them. */
const METHODS = `${RULES}(scoring|award)/methods/`;
const notLaterSlices = () =>
  SLICES.map((slice, index) =>
    rule(
      `slice-${slice}`,
      'A slice knows no later slice and not the roof.',
      { path: `${RULES}${slice}/`, pathNot: [...SPECS, METHODS] },
      { path: `${RULES}(${[...SLICES.slice(index + 1), 'engine'].join('|')})/`, pathNot: METHODS },
    ),
  );

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('libs-not-apps', 'Libs know no application.', { path: '^libs/' }, { path: '^(apps|tools|test)/' }),
    rule('apps-isolated', 'Applications share by libs only.', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule(
      'core-knows-no-room',
      'What every part of the main venue stands on knows keys, and none of them.',
      { path: '^apps/main-venue/src/core/', pathNot: SPECS },
      { path: '^apps/main-venue/src/(?!core/|keys/)' },
    ),
    rule(
      'pipeline-knows-no-room',
      'The pipeline is asked and contributed to; it imports no other part of the main venue.',
      { path: '^apps/main-venue/src/pipeline/', pathNot: SPECS },
      { path: '^apps/main-venue/src/(?!pipeline/|core/|registry/|keys/)' },
    ),
    rule(
      'logs-know-no-room',
      'Checkpoints and the platform log lie on the pipeline, below whoever uses them.',
      { path: '^apps/main-venue/src/(log|platform-log)/', pathNot: SPECS },
      { path: '^apps/main-venue/src/(reactor|venues|lots|archive|erasure|session)/' },
    ),
    rule(
      'nobody-imports-apps',
      'An application is imported by nobody but its tests.',
      { path: '^(libs|tools|migrations)/' },
      { path: '^apps/' },
    ),
    rule(
      'lib-by-public-index',
      'A lib is used by its public index.',
      // A page of a test makes segments in the browser by the recorder's own writer; the index of its lib needs Node.
      { path: '^(apps|tools|test|migrations)/', pathNot: ['^apps/web/test/replay-page/'] },
      { path: '^libs/[^/]+/src/', pathNot: PUBLIC },
    ),
    rule(
      'lib-by-public-index-2',
      'Also by another lib.',
      { path: '^libs/([^/]+)/' },
      { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', ...PUBLIC] },
    ),
    rule(
      'pure-parts-are-pure',
      'Pure code imports no framework, no database, nothing of Node.',
      { path: PURE, pathNot: [...NODE_SIDE, ...SPECS] },
      { path: 'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|socket\\.io|pino|mediasoup)/' },
    ),
    rule(
      'pure-parts-need-no-node',
      'Pure code runs in a browser.',
      { path: PURE, pathNot: [...NODE_SIDE, ...SPECS] },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'pure-parts-not-node-sides',
      'The browser must not reach a Node half through a pure one.',
      { path: PURE, pathNot: [...NODE_SIDE, ...SPECS] },
      { path: [...NODE_SIDE, '^libs/(platform|venue|blobs|recording|testing)/'] },
    ),
    rule(
      'contracts-alone',
      'Everything imports contracts; contracts import nothing of ours.',
      { path: '^libs/contracts/' },
      { path: '^libs/(?!contracts)' },
    ),
    rule(
      'evaluation-imports',
      'The rules know contracts, sealing and the tree of the log only.',
      { path: '^libs/evaluation/src/', pathNot: SPECS },
      { path: ['^libs/(?!evaluation|contracts|sealing|ledger)', '^libs/ledger/src/store/'] },
    ),
    rule(
      'rules-kernel',
      'The kernel knows no law and no slice.',
      { path: `${RULES}kernel/`, pathNot: SPECS },
      { path: `${RULES}(?!kernel/)` },
    ),
    rule(
      'rules-law',
      'The law knows no slice, but asks the methods under which law each is lawful.',
      { path: `${RULES}law/`, pathNot: SPECS },
      { path: `${RULES}(?!(kernel|law)/)`, pathNot: METHODS },
    ),
    rule(
      'rules-sealed-step',
      'The sealed step is one mechanism for every slice.',
      { path: `${RULES}sealed-step/`, pathNot: SPECS },
      { path: `${RULES}(?!(kernel|law|sealed-step)/)` },
    ),
    rule(
      'rules-methods',
      'A method knows the law and its siblings only.',
      { path: METHODS, pathNot: SPECS },
      { path: RULES, pathNot: [`${RULES}(kernel|law)/`, METHODS] },
    ),
    ...notLaterSlices(),
    rule(
      'slice-by-index',
      'A slice is used by its public index; the roof assembles it.',
      { path: `${RULES}(sealed-step|${SLICES.join('|')})/`, pathNot: SPECS },
      { path: `${RULES}(sealed-step|${SLICES.join('|')})/`, pathNot: [`${RULES}$1/`, 'index[.]ts$'] },
    ),
    rule(
      'roof-assembles',
      'The roof reads of a slice its index and what it assembles.',
      { path: `${RULES}engine/`, pathNot: SPECS },
      { path: `${RULES}(${SLICES.join('|')})/`, pathNot: '/(index|slice|duties)[.]ts$' },
    ),
    rule(
      'ledger-imports',
      'The log takes its hash function as an argument.',
      { path: '^libs/ledger/src/', pathNot: [...SPECS, '^libs/ledger/src/store/'] },
      { path: '^libs/(?!ledger|contracts)' },
    ),
    rule(
      'sealing-imports',
      'Sealing knows contracts only.',
      { path: '^libs/sealing/src/', pathNot: SPECS },
      { path: '^libs/(?!sealing|contracts)' },
    ),
    rule(
      'verifying-imports',
      'The judge knows what is judged, and nobody who asks him.',
      { path: '^libs/verifying/src/', pathNot: SPECS },
      { path: '^libs/(?!verifying|contracts|archive|evaluation|ledger|sealing)' },
    ),
    rule(
      'bid-making-imports',
      'A bid is made of the rules of its lot, as a judge has found them, and sealed.',
      { path: '^libs/bid-making/src/', pathNot: SPECS },
      { path: '^libs/(?!bid-making|contracts|evaluation|sealing|verifying)' },
    ),
    rule(
      'documents-imports',
      'A document is made of data that others hand over: of contracts and keys alone.',
      { path: '^libs/documents/src/', pathNot: SPECS },
      { path: '^libs/(?!documents|contracts|sealing)' },
    ),
    rule(
      'platform-imports',
      'Platform knows no word of the domain.',
      { path: '^libs/platform/', pathNot: SPECS },
      { path: '^libs/(?!platform|contracts)' },
    ),
    rule(
      'venue-imports',
      "What every venue's server is made of knows the rules by their index and stores nothing itself.",
      { path: '^libs/venue/', pathNot: SPECS },
      { path: ['^libs/(?!venue|contracts|platform|evaluation|sealing|ledger)', '^libs/ledger/src/store/'] },
    ),
    rule(
      'blobs-imports',
      'Bytes by hash know no slice, log or key.',
      { path: '^libs/blobs/', pathNot: SPECS },
      { path: '^libs/(?!blobs|contracts|platform|venue)' },
    ),
    rule(
      'offline-tools-share-no-server-code',
      'The verifier is handed to an auditor, the sealer to a bidder: pure libs and Node itself.',
      { path: '^tools/(verify|seal)/src/', pathNot: SPECS },
      {
        path: [
          '^(apps|migrations)/',
          '^libs/(platform|venue|blobs|recording|testing)/',
          '^libs/ledger/src/store/',
          'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|socket\\.io)/',
        ],
      },
    ),
    rule(
      'testing-from-tests',
      'Test helpers stay in tests.',
      { path: '^(apps|libs|tools|migrations)/', pathNot: [...SPECS, '^libs/testing/', '^tools/demo/'] },
      { path: '^libs/testing/' },
    ),
    rule(
      'demo-plays-the-worked-lots',
      'The demonstration takes the worked lots from testing, and nothing else.',
      { path: '^tools/demo/', pathNot: SPECS },
      { path: '^libs/testing/', pathNot: '^libs/testing/src/lots/' },
    ),
    rule(
      'testing-plays-the-rules',
      'Worked lots and the harness that plays them know the pure libs only.',
      { path: '^libs/testing/src/(lots|play)/' },
      { path: '^(apps|tools|test)/|^libs/(?!testing/src/(lots|play)/|contracts/|evaluation/|sealing/)' },
    ),
    rule(
      'web-core-no-area',
      'The core of the web client knows no area, no page and no frame: areas stand on it.',
      { path: '^apps/web/src/(core|components|utils)/', pathNot: SPECS },
      { path: '^apps/web/src/(areas|layouts|router)/' },
    ),
    rule(
      'web-core-no-component',
      'The core of the web client shows nothing.',
      { path: '^apps/web/src/(core|utils)/', pathNot: SPECS },
      { path: '^apps/web/src/components/|[.]vue$' },
    ),
    rule(
      'web-areas-by-public-index',
      'An area of the web client uses another one by its public index.',
      { path: '^apps/web/src/areas/([^/]+)/', pathNot: SPECS },
      { path: '^apps/web/src/areas/', pathNot: ['^apps/web/src/areas/$1/', '^apps/web/src/areas/[^/]+/index[.]ts$'] },
    ),
    rule(
      'web-areas-no-frame',
      'An area does not know the frame that it stands in.',
      { path: '^apps/web/src/areas/' },
      { path: '^apps/web/src/(layouts|router)/' },
    ),
    rule(
      'web-models-show-nothing',
      'View models of the web client are plain functions of the folded state.',
      { path: '^apps/web/src/areas/[^/]+/model/', pathNot: SPECS },
      { path: '[.]vue$|node_modules/(vue|pinia|element-plus|vue-router|vue-i18n)/' },
    ),
    rule(
      'web-one-line',
      'One file of the web client speaks over sockets.',
      { path: '^apps/web/src/', pathNot: '^apps/web/src/core/realtime/' },
      { path: 'node_modules/socket[.]io-client/' },
    ),
    rule(
      'web-browser-only',
      'What runs in a browser imports nothing of a server.',
      { path: '^apps/web/src/', pathNot: SPECS },
      {
        path: [
          '^libs/(platform|venue|recording|testing|blobs)/',
          ...NODE_SIDE,
          'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|socket[.]io|pino)/',
        ],
      },
    ),
    rule(
      'no-circular',
      'No cycle at run time. Entities name each other in functions that TypeORM calls later (Relation<>), which is none.',
      { pathNot: '[.]entity[.]ts$' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'resolvable',
      'Every import is found.',
      { pathNot: '\\.vue$' },
      { couldNotResolve: true, pathNot: '\\.(vue|mjs)$|^virtual:|/style/css$' },
    ),
    rule(
      'declared',
      'Every package stands in package.json.',
      { path: '^(apps|libs|tools|migrations)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
