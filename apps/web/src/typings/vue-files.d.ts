/** A component as a tool sees it that reads TypeScript only (ESLint); vue-tsc knows each one's own type. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';

  const component: DefineComponent;
  export default component;
}
