/** @type {import('jest').Config} */
const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: {
    '^@app/ledger/store$': '<rootDir>/libs/ledger/src/store/index.ts',
    '^@app/platform/(database|jobs|redis)$': '<rootDir>/libs/platform/src/$1/index.ts',
    '^@app/testing/(lots|play)$': '<rootDir>/libs/testing/src/$1/index.ts',
    '^@app/([^/]+)/node$': '<rootDir>/libs/$1/src/node.ts',
    '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
};

const tier = (displayName, testMatch, more = {}) => ({
  ...common,
  ...more,
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
});

/** One PostgreSQL and one Redis for the whole run, whichever tiers are in it. */
const services = { globalSetup: '<rootDir>/scripts/jest/setup.mjs', globalTeardown: '<rootDir>/scripts/jest/teardown.mjs' };

/** Tiers: unit needs nothing outside the process; medium PostgreSQL and Redis; e2e booted applications; scenario several processes and faults; long what takes minutes. */
export default {
  projects: [
    tier('unit', ['{apps,libs,tools,migrations}/**/*.spec.ts']),
    tier('medium', ['{apps,libs,tools,migrations}/**/*.medium-spec.ts', 'scripts/**/*.medium-spec.mjs'], services),
    tier('e2e', ['{apps,test}/**/*.e2e-spec.ts'], services),
    tier('scenario', ['test/scenario/**/*.scenario-spec.ts']),
    tier('long', ['{apps,libs,tools,test}/**/*.long-spec.ts'], services),
  ],
};
