import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

const TIME = 'Take the time as data, or ask the Clock of @app/platform.';
const noAmbient = [
  {
    selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
    message: 'A double cast hides a mistake: parse the value, or type it.',
  },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: TIME },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: TIME },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Take randomness from Ids of @app/platform or from cryptography.',
  },
];

const typed = {
  files: ['**/*.ts'],
  extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // Numbers in messages are plain; everything else must be turned into text on purpose.
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    // `type` is the form for unions and for what must be JSON (an interface has no index signature); both forms are used.
    '@typescript-eslint/consistent-type-definitions': 'off',
    '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    // A recursive JSON type cannot be written as a Record.
    '@typescript-eslint/consistent-indexed-object-style': 'off',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'no-restricted-properties': [
      'error',
      { object: 'process', property: 'env', message: 'Only libs/platform/src/config reads the environment: loadConfig or readVariable.' },
    ],
    'no-restricted-syntax': ['error', ...noAmbient],
    'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
    // Full-width spaces are ordinary in Chinese text.
    'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true, skipRegExps: true, skipComments: true }],
    eqeqeq: ['error', 'smart'],
  },
};

/** The rules under development say nothing of a lot: whoever shows, feeds or serves one asks the engine that it names. */
const ownEngine = {
  files: ['apps/**/*.{ts,vue}', 'libs/{venue,client,archive,verifying}/**/*.ts', 'tools/**/*.ts'],
  ignores: ['**/*spec.ts', '**/test/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        name: '@app/evaluation',
        importNames: [
          'audience',
          'decide',
          'evolve',
          'evolveAll',
          'isOpenable',
          'limits',
          'migrateState',
          'NEXT',
          'owed',
          'redact',
          'view',
        ],
        message: 'Ask the lot under its own engine: LotRun (docs/design/engines.md).',
      },
    ],
  },
};

/** Single-file components: the same rules, and those of templates. */
const components = {
  files: ['apps/web/**/*.vue'],
  extends: [...typed.extends, ...vue.configs['flat/recommended']],
  languageOptions: {
    ...typed.languageOptions,
    parserOptions: { ...typed.languageOptions.parserOptions, parser: tseslint.parser, extraFileExtensions: ['.vue'] },
  },
  rules: {
    ...typed.rules,
    // A request stands in its area's `api.ts` or in the core, where its schema is, and a view names it.
    'no-restricted-syntax': [
      'error',
      ...noAmbient,
      {
        selector: "CallExpression[callee.object.name='http'][callee.property.name=/^(get|post|put|remove|send|download|size|range)$/]",
        message: 'Views do not call http: put the request into the api.ts of the area.',
      },
    ],
  },
};

const tests = {
  files: ['**/*spec.ts', '**/test/**/*.ts', 'test/**/*.ts', 'libs/testing/**/*.ts'],
  plugins: { jest },
  rules: {
    ...jest.configs['flat/recommended'].rules,
    'jest/expect-expect': [
      'error',
      { assertFunctionNames: ['expect', 'expect*', 'fc.assert', 'assert*', '**.expect*', 'until*', '*.until*'] },
    ],
    'jest/no-conditional-expect': 'off',
    'jest/no-standalone-expect': 'off',
    'jest/valid-title': 'off',
    'max-lines': 'off',
    // A `describe` is a function too, and holds many short ones.
    'max-lines-per-function': 'off',
    '@typescript-eslint/no-non-null-assertion': 'off',
    '@typescript-eslint/unbound-method': 'off',
  },
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.gongping/**', 'test-output/**', '**/*.d.ts', '**/*.d.mts', 'libs/evaluation/engines/**'] },
  typed,
  components,
  tests,
  ownEngine,
  {
    files: ['libs/platform/src/clock/**', 'libs/platform/src/ids/**', 'libs/platform/src/config/**', '**/*spec.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noAmbient[0]] },
  },
  // vue-i18n declares `t` and `te` as methods and documents taking them out of the object.
  { files: ['apps/web/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  // A store is one function that holds many short ones.
  {
    files: ['apps/web/src/core/{identity,installation,lots}/*.ts', 'apps/web/src/areas/*/store.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  // A migration is one change, and its SQL is as long as that is.
  { files: ['migrations/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['libs/platform/src/config/**'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'fetch',
          'AbortController',
          'AbortSignal',
          'performance',
          'setTimeout',
          'clearTimeout',
          'globalThis',
          'URL',
          'module',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  prettier,
);
