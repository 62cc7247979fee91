import { describe, expect, it, jest } from '@jest/globals';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PROFILE } from '../test/people.js';
import { SMALL, SMALL_FORM_1 } from '../test/records.js';
import { readDocumentFont } from './node.js';

const BUILD = join(dirname(createRequire(import.meta.url).resolve('pdfkit')), 'pdfkit.browser.mjs');
jest.unstable_mockModule('pdfkit', () => import(BUILD) as Promise<object>);
const { openingRecordPdf } = await import('./index.js');

describe('the drawing library as browsers have it', () => {
  it('A-114 makes the same bytes of a record as the one for Node', async () => {
    expect(PROFILE.hashHex(await openingRecordPdf(PROFILE, SMALL, readDocumentFont()))).toBe(SMALL_FORM_1);
  });
});
