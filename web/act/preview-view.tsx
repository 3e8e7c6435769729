/** What a change will make different, before it is made. */
import { useEffect, useRef } from 'preact/hooks';
import type { Answer } from '../api/request';
import { Badge } from '../parts/badge';
import { Moment, Sentence } from '../parts/moment';
import { WholeList } from '../parts/whole-list';

type Preview = Answer<'previewChange'>;
type Change = Preview['changes'][number];

export function PreviewView({ preview }: { readonly preview: Preview }) {
  const { text, changes, isCut, later } = preview;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section class="stack" aria-labelledby="preview">
      <h3 id="preview" tabIndex={-1} ref={head}>
        What will be different
      </h3>
      {text.map((sentence) => (
        <p key={sentence}>
          <Sentence text={sentence} />
        </p>
      ))}
      {changes.length > 0 && (
        <WholeList
          title="Changes"
          rows={changes}
          keyOf={({ VID, merchantEntitlementId, source, action }) =>
            `${VID} ${merchantEntitlementId} ${source} ${action}`
          }
          columns={[
            { title: 'Entitlement', write: ({ merchantEntitlementId }) => merchantEntitlementId },
            {
              title: 'Before',
              show: ({ before }) => <Term of={before} />,
              write: ({ before }) => writeTerm(before),
            },
            {
              title: 'After',
              show: ({ after }) => <Term of={after} />,
              write: ({ after }) => writeTerm(after),
            },
            {
              title: 'Access',
              show: (change) => <AccessChange {...change} />,
              write: describeAccess,
            },
          ]}
        />
      )}
      {isCut && <p class="muted">There are more changes than these.</p>}
      {later > 0 && <p class="muted">{later} more follow in the background, batch by batch.</p>}
    </section>
  );
}

function Term({ of }: { readonly of: Change['before'] }) {
  if (!of) return <span class="muted">not there</span>;
  return (
    <>
      <Moment at={of.start} /> – {of.end === undefined ? 'no end' : <Moment at={of.end} />}
    </>
  );
}

function writeTerm(of: Change['before']): string | undefined {
  return of && `${of.start} – ${of.end ?? ''}`.trim();
}

/** Whether the account has access before and after, by all sources together. */
function describeAccess({ hadAccess, hasAccess }: Change): string {
  if (hadAccess === hasAccess) return hasAccess ? 'keeps access' : 'still none';
  return hasAccess ? 'gets access' : 'loses access';
}

function AccessChange(change: Change) {
  const { hadAccess, hasAccess } = change;
  const text = describeAccess(change);
  if (hadAccess === hasAccess) return <span class="muted">{text}</span>;
  return <Badge tone={hasAccess ? 'good' : 'bad'}>{text}</Badge>;
}
