/**
 * Clients that read a reply without its WSDL see text where a boolean stands. Their languages take
 * "false" for true and "0" for false, so only the latter keeps out an account without access.
 */
import type { TestServer } from '../harness/server';
import { isInstalled, run, startDemoServer, testClient } from './scenario';

const PHP = String.raw`
  function entitled(string $version, string $id) {
    $client = new SoapClient(null, [
      'location' => getenv('LATCHKEY_URL') . '/soap.pl',
      'uri' => 'http://soap.vindicia.com/v' . strtr($version, '.', '_') . '/Account',
    ]);
    $r = (object) $client->isEntitled(
      new SoapParam(['version' => $version, 'login' => 'demo', 'password' => 'demo'], 'auth'),
      new SoapParam(['merchantAccountId' => 'abc456'], 'account'),
      new SoapParam($id, 'merchantEntitlementId'));
    if ($r->entitled) { return 'admitted'; } else { return 'kept out'; }
  }
  foreach (['archive', 'magazine', 'opera'] as $id) {
    echo $id, ': ', entitled(getenv('LATCHKEY_VERSION'), $id), "\n";
  }`;

const PERL = String.raw`
  use SOAP::Lite;
  sub text { SOAP::Data->name($_[0])->type(string => $_[1]) }
  sub object { my ($name, @elements) = @_; SOAP::Data->name($name => \SOAP::Data->value(@elements)) }
  my $version = $ENV{LATCHKEY_VERSION};
  my $soap = SOAP::Lite->uri('http://soap.vindicia.com/v' . ($version =~ tr/./_/r) . '/Account')
      ->proxy("$ENV{LATCHKEY_URL}/soap.pl");
  for my $id (qw(archive magazine opera)) {
    my $r = $soap->call(isEntitled =>
        object(auth => text(version => $version), text(login => 'demo'), text(password => 'demo')),
        object(account => text(merchantAccountId => 'abc456')),
        text(merchantEntitlementId => $id))->body->{isEntitledResponse};
    if ($r->{entitled}) { print "$id: admitted\n" } else { print "$id: kept out\n" }
  }`;

const CLIENTS = [
  ['PHP, SoapClient', ['php', '-r', PHP], ['php', '-m'], 'soap', 'php-cli php-soap'],
  [
    'Perl, SOAP::Lite',
    ['perl', '-e', PERL],
    ['perl', '-MSOAP::Lite', '-e', '1'],
    '',
    'libsoap-lite-perl',
  ],
] as const;

describe('without WSDL, only an account that is entitled is admitted', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startDemoServer();
  });

  afterEach(() => server.stop());

  for (const [name, [command, ...args], probe, holds, packages] of CLIENTS) {
    for (const version of ['22.0', '18.0', '8.0', '4.3']) {
      testClient(isInstalled(probe, holds), packages)(`${name} at ${version}`, async () => {
        const environment = { LATCHKEY_URL: server.url, LATCHKEY_VERSION: version };
        expect(await run(command, args, environment)).toEqual([
          'archive: admitted',
          'magazine: kept out',
          'opera: kept out',
        ]);
      });
    }
  }
});
