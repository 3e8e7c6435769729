<?php
// Grants an entitlement of each name it is given, and prints what came of it: PHP with the WSDL, its retries left to the caller.
$url = getenv('LATCHKEY_URL');
$client = new SoapClient("$url/22.0/Account.wsdl", ['cache_wsdl' => WSDL_CACHE_NONE]);
$auth = ['version' => '22.0', 'login' => 'demo', 'password' => 'demo'];
foreach (explode(' ', getenv('LATCHKEY_GRANTS')) as $name) {
    try {
        $reply = $client->grantEntitlement([
            'auth' => $auth,
            'srd' => '',
            'account' => ['merchantAccountId' => 'xyz123'],
            'entitlement' => ['merchantEntitlementId' => $name],
        ]);
        echo "$name: {$reply->return->returnCode} {$reply->return->returnString}\n";
    } catch (SoapFault $fault) {
        echo "$name: $fault->faultcode $fault->faultstring\n";
    }
}
