/** Serves the OpenAPI document and others, and a page to read and try it that needs no other server. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import express, { type Router } from 'express';
import type { About, DescribedRoute } from './openapi';

/** Swagger UI sets styles by the object model, which needs no leave, and has its pictures in its style sheet. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Around Swagger UI: the console's colours, and room for narrow screens. Its own style sheet has the rest. */
const LOOK = `:root {
  color-scheme: light dark;
}
html,
html.dark-mode body {
  background: light-dark(#f4f6f9, #11151a);
}
body {
  margin: 0;
  font-family: system-ui, sans-serif;
}
header {
  display: flex;
  gap: 0.5rem 1.25rem;
  flex-wrap: wrap;
  align-items: baseline;
  padding: 0.75rem 1.25rem;
  background: light-dark(#ffffff, #191f26);
  border-bottom: 1px solid light-dark(#d3d9e1, #35404c);
  color: light-dark(#18202a, #e7ebf0);
}
header strong {
  font-size: 1.0625rem;
}
header a {
  color: light-dark(#1a5bbd, #84b6ff);
}
.swagger-ui .wrapper,
.swagger-ui .information-container {
  padding-inline: min(1.25rem, 3vw);
}
.swagger-ui .info {
  margin: 1.5rem 0 0;
}
.swagger-ui .scheme-container {
  margin: 0;
  padding: 1rem 0;
}
html.dark-mode .swagger-ui,
.swagger-ui .scheme-container,
html.dark-mode .swagger-ui .scheme-container {
  background: transparent;
  box-shadow: none;
}
.swagger-ui .info a,
.swagger-ui .info .link {
  color: light-dark(#1a5bbd, #84b6ff);
}
.swagger-ui .opblock-tag {
  flex-wrap: wrap;
}
.swagger-ui .opblock .opblock-summary-control,
.swagger-ui .opblock .opblock-summary-path-description-wrapper {
  min-width: 0;
}
.swagger-ui .opblock .opblock-summary-control {
  flex-wrap: nowrap;
}
.swagger-ui .opblock .opblock-summary-method {
  min-width: 4.5rem;
  color: #18202a;
  text-shadow: none;
}
.swagger-ui .btn.authorize,
.swagger-ui .btn.authorize svg {
  color: light-dark(#17663a, #7bd9a3);
  fill: currentColor;
  border-color: currentColor;
}
.unseen {
  position: absolute;
  clip-path: inset(50%);
}
.swagger-ui .info .title small,
.swagger-ui .info .title small.version-stamp {
  background: light-dark(#4b5563, #3a4654);
}
.swagger-ui .renderedMarkdown code {
  color: light-dark(#6a00c8, #d9b3ff);
}
.swagger-ui .json-schema-2020-12-expand-deep-button,
.swagger-ui .parameter__in,
.swagger-ui .response-control-media-type__accept-message,
.swagger-ui .response-control-media-type__accept-message code {
  color: light-dark(#4b5563, #b4bec9);
}
.swagger-ui .btn {
  transition: none;
}
.swagger-ui .btn.cancel,
html.dark-mode .swagger-ui .opblock .opblock-section-header .btn.try-out__btn.cancel {
  border-color: currentColor;
  color: light-dark(#a3171c, #ff9d9d);
}
.swagger-ui .btn.execute {
  background: light-dark(#1a5bbd, #1d4f99);
}
.swagger-ui .microlight span[style*='211, 99, 99'] {
  color: #ff9d9d !important;
}
.swagger-ui .highlight-code > .microlight {
  max-height: none;
  overflow: visible;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.swagger-ui .response-col_links {
  display: none;
}
.swagger-ui .opblock .opblock-summary-path {
  max-width: 100%;
  overflow-wrap: anywhere;
}
`;

const page = (title: string) => `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: REST calls</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/look.css">
<header><strong>${title}</strong><a href="/">What is served</a><a href="openapi.json">openapi.json</a></header>
<div id="calls"><noscript>The calls are described in <a href="openapi.json">openapi.json</a>.</noscript></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
`;

/**
 * The validator's badge would ask another server. The style sheet has dark colours, which a class of the page chooses.
 * The plugin is for readers of screens: buttons are named by what they say and hold no link, each part has its landmark
 * and its heading, and there is no choice, which has no label, between servers where there is one.
 */
const START = `const dark = matchMedia('(prefers-color-scheme: dark)');
const choose = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', choose);
choose();
const plugin = ({ React: { createElement: make, Fragment } }) => ({
  components: {
    CloseIcon: () => 'Close',
    DeepLink: ({ text }) => make('span', null, text),
    ServersContainer: () => null,
  },
  wrapComponents: {
    AuthorizeBtnContainer: (Authorize) => (props) =>
      make('section', { 'aria-labelledby': 'keys' }, make('h2', { id: 'keys', className: 'unseen' }, 'Keys'), make(Authorize, props)),
    Button: (Button) => ({ 'aria-label': label, ...props }) => make(Button, props),
    TextArea: (Area) => (props) => make(Area, { 'aria-label': 'Body', ...props }),
    InfoContainer: (Info) => (props) => make('section', { 'aria-label': 'About' }, make(Info, props)),
    operations: (Operations) => (props) =>
      make(Fragment, null, make('h2', { className: 'unseen' }, 'Calls'), make(Operations, props)),
  },
});
SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#calls',
  deepLinking: true,
  validatorUrl: null,
  plugins: [plugin],
});
`;

const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
};

const FOLDER = dirname(require.resolve('swagger-ui-dist/package.json'));

/**
 * Builds the router, to be mounted before the calls under their path; it asks for no key.
 * @param others what makes further documents, by their names
 */
export function createDocs(
  routes: readonly DescribedRoute[],
  about: About,
  others: Readonly<Record<string, () => object>>,
): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const makers = { 'openapi.json': () => makeOpenApi(routes, about), ...others };
  for (const [name, make] of Object.entries(makers)) {
    // Loaded and made when it is first asked for: few who start the server do.
    let document: string | undefined;
    router.get(`/${name}`, (_request, response) => {
      document ??= JSON.stringify(make());
      response.type('json').send(document);
    });
  }
  router.use('/docs', (_request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    next();
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(page(about.title));
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(START);
  });
  router.get('/docs/look.css', (_request, response) => {
    response.type('text/css').send(LOOK);
  });
  for (const [name, type] of Object.entries(FILES)) {
    // One buffer for all replies, read when it is first asked for.
    let file: Buffer | undefined;
    router.get(`/docs/${name}`, (_request, response) => {
      file ??= readFileSync(join(FOLDER, name));
      response.type(type).send(file);
    });
  }
  return router;
}

function makeOpenApi(routes: readonly DescribedRoute[], about: About): object {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- in the turn of the request
  const { createOpenApi } = require('./openapi') as typeof import('./openapi');
  return createOpenApi(routes, about);
}
