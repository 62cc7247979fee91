import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Font of the documents (Noto Sans SC, SIL Open Font License 1.1), whole. */
export const readDocumentFont = (): Uint8Array =>
  readFileSync(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'));
