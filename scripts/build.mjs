import { build } from './lib/build.mjs';
import { main } from './lib/trouble.mjs';

await main(build);
