import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** @type {import('eslint').Linter.RulesRecord} */
const sizes = {
  'max-lines': ['error', { max: 250 }],
  'max-lines-per-function': ['error', { max: 60 }],
};

/** @type {import('eslint').Linter.RulesRecord} */
const imports = {
  'import-x/no-cycle': ['error', { ignoreExternal: true }],
  'import-x/no-self-import': 'error',
  'import-x/no-duplicates': ['error', { 'prefer-inline': false }],
  'import-x/no-default-export': 'error',
  'import-x/first': 'error',
  'import-x/order': [
    'error',
    {
      groups: ['builtin', 'external', ['parent', 'sibling', 'index']],
      'newlines-between': 'ignore',
      alphabetize: { order: 'asc', caseInsensitive: true },
    },
  ],
  '@typescript-eslint/consistent-type-imports': 'error',
};

/** @type {import('eslint').Linter.RulesRecord} */
const strictness = {
  eqeqeq: 'error',
  // TypeScript knows better, in the checked JavaScript of scripts/ too.
  'no-undef': 'off',
  'no-console': 'error',
  'no-implicit-coercion': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  '@typescript-eslint/restrict-template-expressions': [
    'error',
    { allowNumber: true, allowBoolean: true },
  ],
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  // Variables of a process are a JSON object, from which a name may go.
  '@typescript-eslint/no-dynamic-delete': 'off',
  // Ports promise a result although one of their implementations may have nothing to wait for.
  '@typescript-eslint/require-await': 'off',
};

export default defineConfig(
  {
    ignores: ['dist/', 'node_modules/', 'data/', '.tmp/', '**/*.d.ts', '**/*.d.mts'],
  },
  {
    files: ['**/*.{ts,mts,js,mjs}'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    settings: {
      'import-x/extensions': ['.ts', '.mjs', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.mjs'] },
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.mjs', '.js', '.json'],
          extensionAlias: { '.js': ['.ts', '.js'], '.mjs': ['.mts', '.mjs'] },
        }),
      ],
    },
    rules: { ...sizes, ...imports, ...strictness },
  },
  {
    files: ['src/cli.ts', 'src/cli/**', 'scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // Programs that tests start as processes of their own talk by their output.
      'no-console': 'off',
      // The callback of a `describe` holds its whole story.
      'max-lines-per-function': 'off',
      // chai asserts by property: `expect(list).to.be.empty`.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // An HTTP body read in a test is what the assertion then says it is.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // What browsers load as it is.
    files: ['assets/**'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // Tools that load a file by its default export.
    files: ['eslint.config.js', 'scripts/mocha-reporter.mjs'],
    rules: { 'import-x/no-default-export': 'off' },
  },
);
