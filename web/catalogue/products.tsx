/** Products, as CashBox has them. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { may } from '../api/session';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { PagedList } from '../parts/paged-list';
import { IdsField, idsOfItem } from './ids-field';
import { columnsOf, StatusField } from './item-columns';
import { Touched } from './touched';

type Product = Answer<'listProducts'>['products'][number];
type Description = Product['descriptions'][number];

export function Products({ merchant }: { readonly merchant: string }) {
  const [open, setOpen] = useState<Product | 'new'>();
  const [turn, setTurn] = useState(0);
  return (
    <section class="panel" aria-label="Products">
      <PagedList
        title="Products"
        of={[merchant]}
        turn={turn}
        columns={columnsOf<Product>({
          describe: ({ descriptions }) => descriptions[0]?.description,
          onOpen: setOpen,
        })}
        keyOf={({ VID }) => VID}
        empty="There is no product yet. Clients make them by Product.update, or an admin does here."
        fetch={async (lastLoadedId, pageLength, signal) => {
          const { products, next_page } = await send('listProducts', {
            merchant,
            query: { lastLoadedId, pageLength },
            signal,
          });
          return { rows: products, next: next_page };
        }}
      />
      {may('admin') && (
        <div>
          <button type="button" class="button first" onClick={() => setOpen('new')}>
            Add a product
          </button>
        </div>
      )}
      {open !== undefined && (
        <ProductDialog
          merchant={merchant}
          product={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
          onDone={() => setTurn((count) => count + 1)}
        />
      )}
    </section>
  );
}

interface ProductDialogProps {
  readonly merchant: string;
  /** undefined: a new one. */
  readonly product: Product | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function ProductDialog({ merchant, product, onClose, onDone }: ProductDialogProps) {
  const [id, setId] = useState(product?.id ?? '');
  const [status, setStatus] = useState(product?.status ?? 'Active');
  const [descriptions, setDescriptions] = useState(descriptionsOf(product));
  const [ids, setIds] = useState(product?.entitlements.map((one) => one.id).join('\n') ?? '');
  const save = () => {
    const written = descriptions.filter(({ description }) => description !== '');
    const fields = {
      status,
      descriptions: written.length > 0 ? written : undefined,
      entitlements: idsOfItem(ids, product?.entitlements),
    };
    const typed = id.trim();
    if (!product) return send('addProduct', { merchant, body: { ...fields, id: typed } });
    const body: Body<'changeProduct'> = { ...fields, id: typed === '' ? undefined : typed };
    return send('changeProduct', { merchant, params: { VID: product.VID }, body });
  };
  return (
    <Dialog
      title={product ? `Product ${product.id ?? product.VID}` : 'Add a product'}
      onClose={onClose}
    >
      {product && <Touched merchant={merchant} of={{ product: product.VID }} />}
      <Form
        verb={product ? 'Change the product' : 'Add'}
        act={save}
        onDone={() => {
          onClose();
          onDone();
        }}
      >
        <Field
          label="Id"
          value={id}
          onInput={setId}
          hint="Its merchantProductId."
          required={product?.id !== undefined || !product}
          isFirst
        />
        {descriptions.map(({ language, description }, place) => (
          <Field
            key={language}
            label={`Description (${language})`}
            value={description}
            onInput={(text) => setDescriptions(withText(descriptions, place, text))}
          />
        ))}
        <StatusField value={status} onChange={setStatus} />
        <IdsField value={ids} onInput={setIds} />
      </Form>
    </Dialog>
  );
}

/** What there is to be written: one in English where there is none. */
function descriptionsOf(product: Product | undefined): readonly Description[] {
  const known = product?.descriptions ?? [];
  return known.length > 0 ? known : [{ language: 'EN', description: '' }];
}

function withText(all: readonly Description[], place: number, description: string) {
  return all.map((one, index) => (index === place ? { ...one, description } : one));
}
