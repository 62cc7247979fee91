import { describe, expect, it } from '@jest/globals';
import { documentEnding } from './document-ending.js';

describe('the ending of a document that is known by its hash', () => {
  it.each([
    ['%PDF-1.7\n…', 'pdf'],
    ['PK\u0003\u0004…', 'zip'],
    ['MZ', 'bin'],
    ['', 'bin'],
  ])('%j: %s', (content, ending) => {
    expect(documentEnding(new TextEncoder().encode(content))).toBe(ending);
  });
});
