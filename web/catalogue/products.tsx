/** Products, as CashBox has them. */
import { useState } from 'preact/hooks';
import { type Answer, type Body, send } from '../api/request';
import { may } from '../api/session';
import { Field } from '../parts/field';
import { Form } from '../parts/form';
import { Dialog } from '../parts/dialog';
import { PagedList } from '../parts/paged-list';
import { IdsField, idsOf } from './ids-field';
import { columnsOf } from './item-columns';
import { Touched } from './touched';

type Product = Answer<'listProducts'>['products'][number];

export function Products({ merchant }: { readonly merchant: string }) {
  const [open, setOpen] = useState<Product | 'new'>();
  const [turn, setTurn] = useState(0);
  return (
    <section class="panel" aria-label="Products">
      <PagedList
        title="Products"
        of={[merchant, turn]}
        columns={columnsOf<Product>(setOpen)}
        keyOf={({ VID }) => VID}
        empty="There is no product yet. Clients make them by Product.update, or you do here."
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
  const [description, setDescription] = useState(product?.descriptions[0]?.description ?? '');
  const [ids, setIds] = useState(product?.entitlements.map((one) => one.id).join('\n') ?? '');
  const save = () => {
    const body: Body<'putProduct'> = {
      id: id.trim(),
      description: description === '' ? undefined : description,
      entitlements: idsOf(ids),
    };
    return send('putProduct', { merchant, body });
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
        {!product && (
          <Field
            label="Id"
            value={id}
            onInput={setId}
            hint="Its merchantProductId."
            required
            isFirst
          />
        )}
        <Field label="Description" value={description} onInput={setDescription} />
        <IdsField value={ids} onInput={setIds} />
      </Form>
    </Dialog>
  );
}
