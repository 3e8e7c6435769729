/** A small OpenID Connect provider: it signs in whoever comes, as the demo's user. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The server as the provider knows it. */
export const CLIENT = { id: 'latchkey', secret: 'of the client' };

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What the provider is to say wrongly in its next token. */
export interface Wrong {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

/** A provider, on a port of its own. */
export class Provider {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  /** What was asked of it, a path each. */
  readonly asked: string[] = [];
  wrong: Wrong = {};
  isBroken = false;
  private request = new URLSearchParams();
  private readonly server: Server = createServer((request, response) => {
    this.asked.push(request.url ?? '');
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (request.url?.startsWith('/authorize?') === true) {
        const to = this.signIn(`${this.issuer}${request.url}`);
        response.writeHead(302, { Location: to }).end();
        return;
      }
      const answer = this.isBroken ? undefined : this.answer(request.url ?? '', body);
      response.writeHead(answer ? 200 : 500, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(answer ?? { error: 'server_error' }));
    });
  });

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What `latchkey serve` is told of it. @param secret a file that is written here */
  settings(secret: string): string[] {
    writeFileSync(secret, `${CLIENT.secret}\n`);
    const named = ['--oidc-issuer', this.issuer, '--oidc-client-id', CLIENT.id];
    return [...named, '--oidc-client-secret-file', secret];
  }

  /** What its page does once somebody has signed in there. @returns where the browser is sent back to */
  signIn(address: string): string {
    this.request = new URL(address).searchParams;
    const back = new URL(this.request.get('redirect_uri') ?? '');
    back.searchParams.set('code', 'a-code');
    back.searchParams.set('state', this.request.get('state') ?? '');
    return back.href;
  }

  private answer(path: string, body: string): object | undefined {
    const { issuer } = this;
    if (path === '/.well-known/openid-configuration') {
      return {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256'],
      };
    }
    if (path === '/keys') {
      const { publicKey } = this.keys;
      const key = publicKey.export({ format: 'jwk' });
      return { keys: [{ ...key, kid: '1', alg: 'RS256', use: 'sig' }] };
    }
    return this.tokens(new URLSearchParams(body));
  }

  /** Only for the secret, and for whoever began the sign-in. */
  private tokens(form: URLSearchParams): object | undefined {
    const digest = createHash('sha256').update(form.get('code_verifier') ?? '');
    const isRight =
      form.get('code') === 'a-code' &&
      form.get('client_secret') === CLIENT.secret &&
      digest.digest('base64url') === this.request.get('code_challenge');
    if (!isRight) return undefined;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.issuer,
      aud: CLIENT.id,
      sub: '4711',
      iat: now,
      exp: now + 60,
      nonce: this.request.get('nonce'),
      preferred_username: 'demo',
      ...this.wrong.claims,
    };
    const signed = `${base64({ alg: 'RS256', kid: '1' })}.${base64(claims)}`;
    const key = this.wrong.key ?? this.keys.privateKey;
    const signature = sign('sha256', Buffer.from(signed), key).toString('base64url');
    return { access_token: 'x', token_type: 'Bearer', id_token: `${signed}.${signature}` };
  }
}
