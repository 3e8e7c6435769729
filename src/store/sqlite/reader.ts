/** Look-ups in one merchant's data, on any connection. */
import type { Database } from 'better-sqlite3';
import { PAGE, turnForRows } from '../../base/pages';
import type { AnswerReads } from '../answers';
import type { ApiKeyReads } from '../api-keys';
import type { AuditReads } from '../audit';
import type { AutoBillReads } from '../auto-bills';
import type { CatalogueReader } from '../catalogue';
import type { ErasureReads } from '../erasures';
import type { EventReads } from '../events';
import type { Eventually } from '../eventually';
import type { LongWorkReads } from '../long-work';
import type { OrderReads } from '../orders';
import type { Reader } from '../store';
import type { FigureReads } from '../figures';
import type { SearchReads } from '../search';
import type { UserReads } from '../users';
import type { UseReads } from '../uses';
import type { WebhookReads } from '../webhooks';
import { type AccountStatements, prepareAccountReads } from './account-reads';
import { type AnswerReadStatements, prepareAnswerReads, SqliteAnswerReads } from './answer-reads';
import { type ApiKeyReadStatements, prepareApiKeyReads, SqliteApiKeyReads } from './api-keys';
import { type AuditStatements, prepareAuditReads, SqliteAuditReads } from './audit-reads';
import {
  type AutoBillReadStatements,
  prepareAutoBillReads,
  SqliteAutoBillReads,
} from './auto-bill-reads';
import { catalogueReader, type CatalogueReads, prepareCatalogueReads } from './catalogue-reads';
import { SqliteEntitlementReads } from './entitlement-reads';
import { type EntitlementStatements, prepareEntitlementReads } from './entitlement-statements';
import { type ErasureReadStatements, prepareErasureReads, SqliteErasureReads } from './erasures';
import { type EventReadStatements, prepareEventReads, SqliteEventReads } from './events';
import {
  type LongWorkReadStatements,
  prepareLongWorkReads,
  SqliteLongWorkReads,
} from './long-work';
import { type OrderReadStatements, prepareOrderReads, SqliteOrderReads } from './order-reads';
import type { Moments } from './moments';
import { PageCursors } from '../listing/page-cursors';
import { preparing } from './query';
import type { Snapshot } from './snapshot';
import { type FigureStatements, prepareFigures, SqliteFigures } from './figures';
import { prepareSearch, type SearchStatements, SqliteSearch } from './search';
import { prepareUserReads, SqliteUserReads, type UserReadStatements } from './user-reads';
import { prepareUses, SqliteUses, type UseStatements } from './uses';
import {
  prepareWebhookReads,
  SqliteWebhookReads,
  type WebhookReadStatements,
} from './webhook-reads';

/** Every look-up of a connection, prepared once. */
export interface ReadStatements extends AccountStatements, EntitlementStatements {
  readonly cursors: PageCursors;
  readonly answers: AnswerReadStatements;
  readonly apiKeys: ApiKeyReadStatements;
  readonly audit: AuditStatements;
  readonly autoBills: AutoBillReadStatements;
  readonly catalogue: CatalogueReads;
  readonly erasures: ErasureReadStatements;
  readonly events: EventReadStatements;
  readonly figures: FigureStatements;
  readonly longWork: LongWorkReadStatements;
  readonly orders: OrderReadStatements;
  readonly search: SearchStatements;
  readonly users: UserReadStatements;
  readonly uses: UseStatements;
  readonly webhooks: WebhookReadStatements;
}

/**
 * Prepares them.
 * @param snapshot what look-ups of one turn share, on a connection that only reads
 */
export function prepareReads(database: Database, snapshot?: Snapshot): ReadStatements {
  const prepare = preparing(database, snapshot);
  return {
    cursors: new PageCursors(),
    answers: prepareAnswerReads(prepare),
    apiKeys: prepareApiKeyReads(prepare),
    audit: prepareAuditReads(database),
    autoBills: prepareAutoBillReads(database, prepare),
    catalogue: prepareCatalogueReads(prepare),
    erasures: prepareErasureReads(prepare),
    events: prepareEventReads(database),
    figures: prepareFigures(prepare),
    longWork: prepareLongWorkReads(prepare),
    orders: prepareOrderReads(database, prepare),
    search: prepareSearch(prepare),
    users: prepareUserReads(prepare),
    uses: prepareUses(prepare),
    webhooks: prepareWebhookReads(prepare),
    ...prepareAccountReads(prepare),
    ...prepareEntitlementReads(prepare),
  };
}

/** Rounds of loops between two turns of the event loop: some milliseconds' worth. */
const ROUNDS = 200;

/** A merchant's view of the store through one connection's statements. */
export class SqliteReader extends SqliteEntitlementReads implements Reader {
  constructor(
    protected override readonly reads: ReadStatements,
    merchantId: number,
    protected readonly moments: Pick<Moments, 'nowOf' | 'unitNow' | 'latest'>,
  ) {
    super(reads, merchantId);
  }

  private rounds = 0;

  pause(weight = 1): Eventually<void> {
    this.rounds += weight;
    if (this.rounds < ROUNDS) return undefined;
    this.rounds = 0;
    return this.turn();
  }

  /** Loops that only look up have their turns one after another. */
  protected turn(): Eventually<void> {
    return turnForRows(PAGE);
  }

  get afterwards(): Reader {
    return this;
  }

  get answers(): AnswerReads {
    return new SqliteAnswerReads(this.reads.answers, this.merchantId);
  }

  get apiKeys(): ApiKeyReads {
    return new SqliteApiKeyReads(this.reads.apiKeys, this.merchantId);
  }

  now(): number {
    return this.moments.nowOf(this.merchantId);
  }

  get audit(): AuditReads {
    return new SqliteAuditReads(this.reads.audit, this.merchantId);
  }

  get erasures(): ErasureReads {
    return new SqliteErasureReads(this.reads.erasures, this.merchantId);
  }

  get events(): EventReads {
    return new SqliteEventReads(this.reads.events, this.merchantId);
  }

  get figures(): FigureReads {
    return new SqliteFigures(this.reads.figures, this.merchantId);
  }

  get longWork(): LongWorkReads {
    return new SqliteLongWorkReads(this.reads.longWork, this.merchantId);
  }

  get orders(): OrderReads {
    return new SqliteOrderReads(this.reads.orders, this.merchantId);
  }

  get autoBills(): AutoBillReads {
    return new SqliteAutoBillReads(this.reads.autoBills, this.reads.cursors, this.merchantId);
  }

  get catalogue(): CatalogueReader {
    return catalogueReader(this.reads.catalogue, this.reads.cursors, this.merchantId);
  }

  get search(): SearchReads {
    return new SqliteSearch(this.reads.search, this.merchantId);
  }

  get users(): UserReads {
    return new SqliteUserReads(this.reads.users, this.merchantId);
  }

  get uses(): UseReads {
    return new SqliteUses(this.reads.uses);
  }

  get webhooks(): WebhookReads {
    return new SqliteWebhookReads(this.reads.webhooks, this.merchantId);
  }
}
