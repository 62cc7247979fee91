export type { Trust } from '@app/contracts';
export { zTrust } from '@app/contracts';
