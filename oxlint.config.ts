import { defineConfig } from 'oxlint';
import { roomOverrides } from './scripts/check/rooms.ts';

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'node', 'vitest'],
  jsPlugins: [{ name: 'jsdoc-js', specifier: 'eslint-plugin-jsdoc' }],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  ignorePatterns: ['dist', 'node_modules', 'test/fixtures', 'starling-out'],
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': 'error',
    'no-console': 'error',
    'no-empty': 'error',
    eqeqeq: 'error',
    'max-lines': ['error', { max: 400 }],
    'max-depth': ['error', 4],
    'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    'no-await-in-loop': 'off',
    'unicorn/no-array-sort': 'off',
    // Meant for windows of a browser; threads have no origin.
    'unicorn/require-post-message-target-origin': 'off',
  },
  overrides: [
    ...roomOverrides,
    {
      files: ['**/*.test.ts', 'test/**'],
      rules: {
        'max-lines-per-function': 'off',
        'no-restricted-imports': 'off',
        'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'refuses', 'fc.assert'] }],
        // The runner's own matchers and methods are typed so.
        'typescript/no-unsafe-assignment': 'off',
        'typescript/unbound-method': 'off',
      },
    },
    // A brand exists only for the compiler, so here, and only here, a value is declared to have one.
    { files: ['src/contract/units.ts'], rules: { 'typescript/no-unsafe-type-assertion': 'off' } },
    { files: ['scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
    {
      files: ['src/**/*.ts'],
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'jsdoc-js/require-jsdoc': [
          'error',
          {
            publicOnly: true,
            contexts: [
              'ExportNamedDeclaration > VariableDeclaration',
              'TSInterfaceDeclaration',
              'TSTypeAliasDeclaration',
              'FunctionDeclaration',
              'ClassDeclaration',
            ],
          },
        ],
      },
    },
  ],
});
