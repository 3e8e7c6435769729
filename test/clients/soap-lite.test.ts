/** Perl's SOAP::Lite without the WSDL: types on every element, children in no order. */
import { isInstalled } from './scenario';
import { testStack } from './stack';

testStack({
  name: 'Perl, SOAP::Lite',
  command: 'perl',
  program: 'perl-soap-lite/scenario.pl',
  installed: isInstalled(['perl', '-MSOAP::Lite', '-e', '1']),
  packages: 'libsoap-lite-perl',
});
