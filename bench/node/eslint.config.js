// SPDX-License-Identifier: Apache-2.0
import js from '@eslint/js';

export default [
  { ignores: ['node_modules'] },
  js.configs.recommended,
  {
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
];
