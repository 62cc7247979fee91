export * from './answer.js';
export * from './build.js';
export * from './http.js';
export * from './login.js';
export * from './route.js';
export * from './served-bundle.js';
export * from './upload.js';
export * from './venue-client.js';
