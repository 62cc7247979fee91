import { zAnswer } from '@app/contracts';
import { isGenuine } from '@app/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKit, type Kit } from '../../test/support/pipeline-kit.js';
import { profile } from '../../test/support/people.js';

describe('the command pipeline', () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = await createKit();
    expect((await kit.createLot('lot-1')).outcome).toMatchObject({ ok: true, seq: 0 });
  });
  afterAll(async () => kit.close());

  const opinion = (text: string) => ({ text, target: 'schedule' });

  it('appends an accepted command and answers with the venue’s signature', async () => {
    const signed = await kit.wish(kit.cast.supervisor.identity, 'lot-1', 'supervisor', 'lot.give-opinion', opinion('first'));
    const answer = zAnswer.parse(await kit.assembled.pipeline.submit(signed));
    expect(answer.outcome).toMatchObject({ ok: true, seq: 1, id: signed.command.id });
    expect(isGenuine(profile, answer, kit.keys.answer.publicKey)).toBe(true);
    const [entry] = await kit.assembled.reader.read('gongping.test/lot/lot-1/1', 1, 10);
    expect(Object.keys(entry?.parts ?? {}).sort()).toEqual(['command', 'skeleton', 'who']);
  });
});
