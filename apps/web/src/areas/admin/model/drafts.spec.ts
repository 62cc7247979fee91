import { describe, expect, it } from '@jest/globals';
import { checkedNode, checkedOrganisation, checkedPerson, EMPTY_NODE, roleSteps } from './drafts.js';

describe('what is written in a dialog', () => {
  it('is sent without blanks around it, an empty organisation as none', () => {
    expect(checkedPerson({ id: 'p1', name: ' 王敏 ', organisation: ' ', basis: 3 })).toEqual({
      put: { name: '王敏', organisation: null, basis: 3 },
      faults: [],
    });
  });

  it('names every field that is not right, the id too', () => {
    expect(checkedPerson({ id: '', name: '', organisation: 'a b', basis: null }).faults).toEqual(['id', 'name', 'organisation']);
    expect(checkedOrganisation({ id: 'o1', name: '公司', creditCode: '123', basis: null }).faults).toEqual(['creditCode']);
    expect(checkedNode({ ...EMPTY_NODE, id: 'n', name: '场', city: '城', url: 'ftp://x', nodeKey: 'AA' }).faults).toEqual(['url']);
  });

  it('takes a node without witness key as one that has none', () => {
    expect(checkedNode({ ...EMPTY_NODE, id: 'n', name: '场', city: '城', url: 'https://x.cn', nodeKey: 'AA' }).put?.witnessKey).toBeNull();
  });
});

describe('roles', () => {
  it('are granted before others are taken, and what stays is left alone', () => {
    expect(roleSteps(['a', 'b'], ['b', 'c'])).toEqual([
      { act: 'grant', role: 'c' },
      { act: 'take', role: 'a' },
    ]);
    expect(roleSteps(['a'], ['a'])).toEqual([]);
  });
});
