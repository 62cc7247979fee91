import { type ActReceipt, zActReceipt } from '@app/archive';
import type { HttpClient } from '@app/client';

/** The receipt of an act of one's own, with the proof that it stands in the platform log as soon as there is one. */
export const fetchReceipt = (http: HttpClient, id: string): Promise<ActReceipt> => http.get(`/api/receipts/${id}`, zActReceipt);
