import { zInstallation, zVenueLine, type Installation, type VenueLine } from '@app/contracts';
import { z } from 'zod';
import { get } from '../request/http.js';

export const fetchInstallation = (): Promise<Installation> => get('/api/installation', zInstallation);
export const fetchVenues = (): Promise<VenueLine[]> => get('/api/venues', z.array(zVenueLine));
