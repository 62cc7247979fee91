import type { HttpClient } from '@app/client';
import { zInstallation, zTrust, zVenueLine, type Installation, type Trust, type VenueLine } from '@app/contracts';
import { z } from 'zod';

export const fetchInstallation = (http: HttpClient): Promise<Installation> => http.get('/api/installation', zInstallation);
export const fetchTrust = (http: HttpClient): Promise<Trust> => http.get('/api/trust', zTrust);
export const fetchVenues = (http: HttpClient): Promise<VenueLine[]> => http.get('/api/venues', z.array(zVenueLine));
