'use strict';
// Lint rules for what people read: docstrings of what a file exports, of every method of a port, and lines of 120
// columns.

const jsdoc = require('eslint-plugin-jsdoc');

const COLUMNS = 120;

const EXPORTED = {
  publicOnly: true,
  checkConstructors: false,
  // An empty docstring that a fixer puts there says nothing.
  enableFixer: false,
  require: {
    FunctionDeclaration: true,
    ClassDeclaration: true,
    ArrowFunctionExpression: true,
    FunctionExpression: true,
    MethodDefinition: false,
  },
};

const PORT_METHODS = ['TSMethodSignature', 'TSPropertySignature[typeAnnotation.typeAnnotation.type="TSFunctionType"]'];

// What `src` says to people is one text each, however long: split into parts it is found by no search.
const TEXTS_ARE_WHOLE = { ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true };

/** Blocks of ESLint's configuration for the TypeScript of these folders, such as `['sandbox', 'bench']`. */
function documentationRules(folders) {
  const inFolders = {
    files: folders.map((folder) => `${folder}/**/*.ts`),
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': ['error', EXPORTED],
      'max-len': ['error', { code: COLUMNS, ignoreUrls: true }],
    },
  };
  const inPorts = {
    files: ['src/flow/ports/*.ts'],
    plugins: { jsdoc },
    rules: { 'jsdoc/require-jsdoc': ['error', { ...EXPORTED, contexts: PORT_METHODS }] },
  };
  const inSource = {
    files: ['src/**/*.ts'],
    rules: { 'max-len': ['error', { code: COLUMNS, ignoreUrls: true, ...TEXTS_ARE_WHOLE }] },
  };
  return folders.includes('src') ? [inFolders, inPorts, inSource] : [inFolders];
}

module.exports = { documentationRules };
