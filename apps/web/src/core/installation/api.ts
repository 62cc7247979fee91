import type { HttpClient } from '@app/client';
import { zInstallation, zVenueLine, type Installation, type VenueLine } from '@app/contracts';
import { z } from 'zod';

export const fetchInstallation = (http: HttpClient): Promise<Installation> => http.get('/api/installation', zInstallation);
export const fetchVenues = (http: HttpClient): Promise<VenueLine[]> => http.get('/api/venues', z.array(zVenueLine));
