import { zBytes, zName } from '@app/contracts';
import { z } from 'zod';
import { zJsonObject } from '../kernel/fields.js';

/** A sheet in its sealed box; the ciphertext is secret `ciphertext`. */
export const zSubmitSheet = z.strictObject({ manifest: zJsonObject });

/** Secret `ciphertext` of a box that is handed in: keepers' released keys are for everybody to read, so it is none of the payload. */
export const zCiphertext = zBytes.min(1).max(400_000);
/**
 * Secret `masters` of an opening: by member, null when the shares do not combine. Nothing of it is public: a master derives its sheet's
 * salt, so whoever has it could guess the content. The contents are secrets `sheet:<member>`.
 */
export const zMasters = z.record(zName, zBytes.max(100).nullable());
/** What an opened box holds is judged by the rule, not by the door: a bad sheet is a verdict, not a malformed command. */
export const zAnything = z.custom<unknown>((value) => value !== undefined);
