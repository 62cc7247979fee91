import type { Engine } from '../src/engines/engine.js';

export declare const engine: Engine;
