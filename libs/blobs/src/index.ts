export * from './blobs.module.js';
export * from './http/byte-range.js';
export * from './http/send-file.js';
export * from './limits.js';
export * from './store/blob-store.js';
export * from './store/folder-blob-store.js';
export * from './uploads/upload.types.js';
export * from './uploads/uploads.js';
