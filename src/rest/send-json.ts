/** Sends an answer that is one JSON document. */
import type { Response } from 'express';
import type { Visit } from './visit';

/** Makes the text once, for whatever goes along with the call as well. */
export function sendJson(response: Response, body: unknown, visit: Visit): void {
  visit.text = JSON.stringify(body);
  response.type('json').send(visit.text);
}
