import { describe, expect, it } from '@jest/globals';
import { DemoController } from './demo.controller.js';

describe("the demonstration's people", () => {
  it.each([
    ['DEMO is not set', { DEMO: false, DEMO_DIR: '/srv/demo' }],
    ['no folder is named', { DEMO: true }],
  ])('are NOT_FOUND where %s', async (_name, place) => {
    await expect(new DemoController(place).identities()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
