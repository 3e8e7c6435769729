/** Says as a Fault why a body isn't taken. */
import type { BodyRefused } from '../base/body-refused';
import { CLOSE, TIMEOUT, TOO_SLOW } from '../base/coming-bodies';
import { TOO_MANY_PIECES } from '../base/pieces';
import { SoapFault } from './fault';

const TEXTS = {
  'too many pieces': TOO_MANY_PIECES,
  'cut off': 'The request was cut off.',
  'unknown encoding': 'The Content-Encoding is not supported; send gzip, deflate, br or none.',
  'not in its encoding': 'The request body is not in its Content-Encoding.',
} as const;

/** @param maxBody the most bytes of a body */
export function faultOf({ problem }: BodyRefused, maxBody: number): SoapFault {
  if (problem === 'too slow') return new SoapFault('Client', TOO_SLOW, undefined, TIMEOUT, CLOSE);
  if (problem === 'too large') {
    return new SoapFault('Client', `The request body is larger than ${maxBody} bytes.`);
  }
  return new SoapFault('Client', TEXTS[problem]);
}
