/** The picture that browsers show beside the name of every page of the server. */
import type { RequestHandler } from 'express';

/** Where pages say it is, and where browsers look for it beside documents that are no pages: JSON, XML, text. */
export const ICON_PATHS = ['/icon.svg', '/favicon.ico'];

/** A key, in the console's blue. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#1f5fbf"/>
<g fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round">
<circle cx="11.5" cy="16" r="5"/>
<path d="M16.5 16H26M22 16v4.5"/>
</g>
</svg>
`;

/** Answers GET and HEAD with it. A browser asks once a day. */
export const sendIcon: RequestHandler = (_request, response) => {
  response
    .set({ 'Cache-Control': 'public, max-age=86400', 'X-Content-Type-Options': 'nosniff' })
    .type('image/svg+xml')
    .send(ICON);
};
