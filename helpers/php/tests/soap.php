<?php

/** What the tests need before they begin: the helper, and a call by PHP's own SOAP client. */
declare(strict_types=1);

require __DIR__ . '/../src/Latchkey.php';

/** Whether the account may play: "1", "0", or the returnCode of a refusal. */
function isEntitled(Latchkey\Latchkey $latchkey, string $account): string
{
    $client = new SoapClient($latchkey->wsdl(), ['cache_wsdl' => WSDL_CACHE_MEMORY]);
    $reply = $client->isEntitled([
        'auth' => ['version' => '22.0', 'login' => $latchkey->login, 'password' => $latchkey->password],
        'srd' => '',
        'account' => ['merchantAccountId' => $account],
        'merchantEntitlementId' => 'play',
    ]);
    $code = (string) $reply->return->returnCode;
    return $code === '200' ? (string) (int) $reply->entitled : $code;
}
