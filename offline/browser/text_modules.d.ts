/** The theme's search worker, as text: offline/bundle.ts. */
declare module "search-worker" {
  const source: string;
  export default source;
}
