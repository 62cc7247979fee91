import { zName } from '@app/contracts';
import { of } from '../kernel/fields.js';
import { zLand } from './commands.js';

export const zLanded = of('recording.landed', { venue: zName, ...zLand.shape });
