import { describe, expect, it } from '@jest/globals';
import { DemoController } from './demo.controller.js';

describe("the demonstration's people", () => {
  it.each([
    ['DEMO is not set', { DEMO: false, DEMO_DIR: '/srv/demo' }],
    ['no folder is named', { DEMO: true }],
  ])('are NOT_FOUND where %s', async (_name, place) => {
    await expect(new DemoController(place).identities('127.0.0.1:7100')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['demo.example.org', 'demo.example.org:7100', '10.0.0.5:7100', '', undefined])(
    'SEC-18 are FORBIDDEN under the name %s: a name elsewhere can be made to lead to this machine',
    async (host) => {
      const sut = new DemoController({ DEMO: true, DEMO_DIR: '/srv/demo' });
      await expect(sut.identities(host)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    },
  );
});
