import type { ListKind } from '@app/contracts';
import { describe, expect, it } from '@jest/globals';
import { readCells } from './list-specs.js';

const PERSON = { id: 'p-1', name: 'Wang' };
const EXPERT = { ...PERSON, specialties: 'A0801', city: 'Hangzhou' };

describe('a line of a list', () => {
  it('is read as its columns say', () => {
    expect(readCells('experts', { ...EXPERT, specialties: 'A0801；A0401', active: '否' })).toEqual({
      row: { ...EXPERT, organisation: null, specialties: ['A0801', 'A0401'], active: false },
    });
  });

  it.each<[string, ListKind, Record<string, unknown>, string, string]>([
    ['nothing where something must stand', 'people', { ...PERSON, name: ' ' }, 'name', 'E_CELL_EMPTY'],
    ['a column left out', 'people', { id: 'p-1' }, 'name', 'E_CELL_EMPTY'],
    ['no code of a specialty', 'experts', { ...EXPERT, specialties: [] }, 'specialties', 'E_CELL_EMPTY'],
    ['a name too long', 'people', { ...PERSON, name: 'a'.repeat(61) }, 'name', 'E_CELL_LENGTH'],
    ['too many specialties', 'experts', { ...EXPERT, specialties: Array<string>(51).fill('A08') }, 'specialties', 'E_CELL_LENGTH'],
    ['an id with a space', 'people', { ...PERSON, id: 'p 1' }, 'id', 'E_CELL_FORM'],
    ['a number for a name', 'people', { ...PERSON, name: 5 }, 'name', 'E_CELL_FORM'],
    ['an id with a space in a column that may be empty', 'people', { ...PERSON, organisation: 'o 1' }, 'organisation', 'E_CELL_FORM'],
    ['a specialty of no class', 'experts', { ...EXPERT, specialties: 'A08 Z9' }, 'specialties', 'E_CELL_FORM'],
    ['neither yes nor no', 'experts', { ...EXPERT, active: 'perhaps' }, 'active', 'E_CELL_FORM'],
    ['a column of no list', 'people', { ...PERSON, more: 1 }, 'more', 'E_CELL_UNKNOWN'],
  ])('is refused for %s', (_name, kind, cells, column, code) => {
    expect(readCells(kind, cells)).toEqual({ column, code });
  });
});
