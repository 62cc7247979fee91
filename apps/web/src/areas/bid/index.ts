/** What other areas may use of bid making. */
export { sealedHashOf } from './model/kept-bid.js';
