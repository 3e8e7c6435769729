/** What is sold: offers, products and billing plans. */
import { NoScreen } from '../parts/no-screen';
import { PageHead } from '../parts/page-head';
import { Tabs } from '../parts/tabs';
import { at } from '../route/screens';
import type { ScreenProps } from '../shell/screen-view';
import { Offers } from './offers';
import { BillingPlans } from './billing-plans';
import { Products } from './products';

const PARTS = [
  ['offers', 'Offers'],
  ['products', 'Products'],
  ['plans', 'Billing plans'],
] as const;

export function CatalogueScreen({ merchant, rest }: ScreenProps) {
  const [asked = 'offers'] = rest;
  const part = PARTS.find(([name]) => name === asked)?.[0];
  if (part === undefined) return <NoScreen />;
  return (
    <div class="stack">
      <PageHead title="Catalogue" />
      <Tabs
        label="Catalogue"
        tabs={PARTS.map(([name, text]) => ({
          text,
          href: at.catalogue(merchant, name),
          isHere: name === part,
        }))}
      />
      {part === 'offers' && <Offers merchant={merchant} />}
      {part === 'products' && <Products merchant={merchant} />}
      {part === 'plans' && <BillingPlans merchant={merchant} />}
    </div>
  );
}
