/** Styles are imported for their effect; esbuild collects them into the page's own style sheet. */
declare module '*.css';
