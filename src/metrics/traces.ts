/**
 * Spans of OpenTelemetry: a call, its units of work, the wait of each for its commit, an attempt to deliver. They go to
 * the tracer that the program around the server has registered; without one nothing of this is loaded.
 * Decided: docs/decisions/metrics.md
 */
import {
  type Attributes,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { version } from '../base/package';
import { Refusal } from '../base/refusal';
import type { UnitOfWork } from '../store/store';
import type { Transport } from '../webhooks/transport';
import type { Parts } from './watching';

/** Attributes; the id is that of the log's line and of the ledger's. */
const CALL_ID = 'latchkey.call_id';
const API = 'latchkey.api';
const VERSION = 'latchkey.version';
const RETURN_CODE = 'latchkey.return_code';

/** HTTP's own statuses of failures of the server begin here, and so do returnCodes'. */
const FAILURES = 500;

/** Makes spans. */
export function createTraces(): Parts<
  'aroundEndpoint' | 'goAlong' | 'aroundStore' | 'aroundTransport'
> {
  const tracer = trace.getTracer('latchkey', version);
  return {
    aroundEndpoint: (endpoint) => (request) =>
      tracer.startActiveSpan('call', SERVER, async (span) => {
        const answer = await endpoint(request);
        const { soapId, level, fields } = answer.line;
        const { operation, version: of, returnCode, faultcode } = fields;
        if (typeof operation === 'string') span.updateName(operation);
        span.setAttributes({ [API]: 'soap', [CALL_ID]: soapId });
        span.setAttributes(present({ [VERSION]: of, [RETURN_CODE]: returnCode ?? faultcode }));
        end(span, level === 'error');
        return answer;
      }),
    goAlong: ({ operation, trace: { callId } }, response, answer) =>
      tracer.startActiveSpan(operation ?? 'call', SERVER, async (span) => {
        await answer();
        const { statusCode } = response;
        span.setAttributes({ [API]: 'rest', [CALL_ID]: callId, [RETURN_CODE]: statusCode });
        end(span, statusCode >= FAILURES);
      }),
    aroundStore: (store) => ({
      ...store,
      transact: (merchantId, work, spent) =>
        traceUnit(tracer, (own) => store.transact(merchantId, own, spent), work),
    }),
    aroundTransport: (transport) => traceDeliveries(tracer, transport),
  };
}

const SERVER = { kind: SpanKind.SERVER };

/** A unit runs where others' are begun: its span is handed to it. */
async function traceUnit<T>(
  tracer: Tracer,
  transact: (work: (unit: UnitOfWork) => Promise<T>) => Promise<T>,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const around = context.active();
  const span = tracer.startSpan('unit', {}, around);
  const inside = trace.setSpan(around, span);
  let commit: Span | undefined;
  try {
    const value = await transact(async (unit) => {
      // Where it is begun anew, that commit was lost.
      if (commit) end(commit, true);
      commit = undefined;
      span.addEvent('begun');
      const result = await context.with(inside, work, undefined, unit);
      commit = tracer.startSpan('commit', {}, inside);
      return result;
    });
    if (commit) end(commit, false);
    end(span, false);
    return value;
  } catch (error) {
    if (commit) end(commit, true);
    end(span, !(error instanceof Refusal));
    throw error;
  }
}

/** Of the URL only the host: its path may be a secret. */
function traceDeliveries(tracer: Tracer, transport: Transport): Transport {
  return {
    close: () => transport.close(),
    send: (target, outgoing, signal) =>
      tracer.startActiveSpan('delivery', { kind: SpanKind.CLIENT }, async (span) => {
        const reply = await transport.send(target, outgoing, signal);
        span.setAttributes({ 'server.address': new URL(target.url).hostname });
        span.setAttributes(present({ 'http.response.status_code': reply.status }));
        const { status = FAILURES } = reply;
        end(span, status < 200 || status >= 300);
        return reply;
      }),
  };
}

function end(span: Span, failed: boolean): void {
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Those that are known. */
function present(values: Readonly<Record<string, unknown>>): Attributes {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries<unknown>(known) as Attributes;
}
