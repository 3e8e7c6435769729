/** The versions of the contract, and their files. */
import { useAsked } from '../api/use-answer';
import { Fault, Waiting } from '../parts/notice';
import { WholeList } from '../parts/whole-list';

/** The index as `/` answers it to programs. */
interface Index {
  readonly endpoint: string;
  readonly wsdl: string;
  readonly versions: ReadonlyArray<{
    readonly version: string;
    readonly endpoint: string;
    readonly schema: string;
    readonly classes: ReadonlyArray<{ readonly name: string; readonly wsdl: string }>;
  }>;
}

async function askIndex(signal: AbortSignal): Promise<Index> {
  const response = await fetch('/', { headers: { Accept: 'application/json' }, signal });
  return (await response.json()) as Index;
}

export function Versions() {
  const { answer, problem, again } = useAsked(askIndex, []);
  if (problem !== undefined) return <Fault problem={problem} again={again} />;
  if (!answer) return <Waiting />;
  return (
    <>
      <dl class="facts">
        <dt>SOAP</dt>
        <dd class="id">{answer.endpoint}</dd>
        <dt>REST</dt>
        <dd>
          <a href="/v1/docs" target="_blank">
            /v1/docs
          </a>
        </dd>
        <dt>This console's calls</dt>
        <dd>
          <a href="/console/api/docs" target="_blank">
            /console/api/docs
          </a>
        </dd>
      </dl>
      <WholeList
        title="Versions"
        rows={answer.versions}
        keyOf={({ version }) => version}
        columns={[
          { title: 'Version', write: ({ version }) => version },
          {
            title: 'WSDLs',
            show: ({ classes }) => (
              <span class="row">
                {classes.map(({ name, wsdl }) => (
                  <a key={name} href={new URL(wsdl).pathname} target="_blank">
                    {name}
                  </a>
                ))}
              </span>
            ),
            write: ({ classes }) => classes.map(({ wsdl }) => wsdl).join(' '),
          },
          {
            title: 'Schema',
            show: ({ schema }) => (
              <a href={new URL(schema).pathname} target="_blank">
                Vindicia.xsd
              </a>
            ),
            write: ({ schema }) => schema,
          },
        ]}
      />
    </>
  );
}
