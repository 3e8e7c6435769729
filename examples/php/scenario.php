<?php
/**
 * The same few calls in every way that PHP's SoapClient can make them: change an account's name,
 * grant an entitlement, revoke it, revoke it again, and send more than the server takes.
 *
 *     php examples/php/scenario.php [variant]
 *
 *     wsdl               with the served WSDL; this is the default
 *     gzip, deflate      the same, requests compressed, and replies where the server will
 *     soap12             the same in SOAP 1.2
 *     close              the same, a connection for each call
 *     nonwsdl            without a WSDL: PHP arrays as parameters
 *     nonwsdl-soap12     the same in SOAP 1.2
 *     nonwsdl-objects    without a WSDL: PHP objects as parameters
 *     nonwsdl-document   without a WSDL, document/literal: only SOAPAction names the operation
 *
 * Settings, from the environment: LATCHKEY_URL, LATCHKEY_VERSION, LATCHKEY_LOGIN and
 * LATCHKEY_PASSWORD.
 */

$url = getenv('LATCHKEY_URL') ?: 'http://127.0.0.1:8787';
$version = getenv('LATCHKEY_VERSION') ?: '22.0';
$namespace = 'http://soap.vindicia.com/v' . strtr($version, '.', '_') . '/Account';
$auth = [
    'version' => $version,
    'login' => getenv('LATCHKEY_LOGIN') ?: 'demo',
    'password' => getenv('LATCHKEY_PASSWORD') ?: 'demo',
];

// SoapClient's options in each variant, beside those that all of them need.
$variants = [
    'wsdl' => [],
    'gzip' => ['compression' => SOAP_COMPRESSION_ACCEPT | SOAP_COMPRESSION_GZIP | 6],
    'deflate' => ['compression' => SOAP_COMPRESSION_ACCEPT | SOAP_COMPRESSION_DEFLATE | 6],
    'soap12' => ['soap_version' => SOAP_1_2],
    'close' => ['keep_alive' => false],
    'nonwsdl' => ['uri' => $namespace],
    'nonwsdl-soap12' => ['uri' => $namespace, 'soap_version' => SOAP_1_2],
    'nonwsdl-objects' => ['uri' => $namespace],
    'nonwsdl-document' => ['uri' => $namespace, 'style' => SOAP_DOCUMENT, 'use' => SOAP_LITERAL],
];
$variant = $argv[1] ?? 'wsdl';
if (!isset($variants[$variant])) {
    fwrite(STDERR, 'The variants are: ' . implode(', ', array_keys($variants)) . "\n");
    exit(2);
}
$hasWsdl = !isset($variants[$variant]['uri']);
// A literal array would become <item><key>...; only objects have fields there.
$sendsObjects = in_array($variant, ['nonwsdl-objects', 'nonwsdl-document'], true);

$client = new SoapClient($hasWsdl ? "$url/$version/Account.wsdl" : null, $variants[$variant] + [
    'location' => "$url/soap.pl",
    // A list of one is still a list. Without a WSDL nobody knows what is a list: see entitlement().
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
    'cache_wsdl' => WSDL_CACHE_NONE,
]);

/** Calls an operation with its parts by name. @return object the reply: return, account ... */
function call(string $operation, array $parts)
{
    global $client, $version, $auth, $hasWsdl, $sendsObjects;
    if (version_compare($version, '13.0', '<')) {
        unset($parts['srd']); // older versions don't have it
    }
    $parts = ['auth' => $auth] + $parts;
    if ($hasWsdl) {
        return $client->__soapCall($operation, [$parts]);
    }
    // Without a WSDL every part is a parameter that says its own name.
    $parameters = [];
    foreach ($parts as $name => $value) {
        $value = $sendsObjects && is_array($value) ? (object) $value : $value;
        $parameters[] = new SoapParam($value, $name);
    }
    $reply = $client->__soapCall($operation, $parameters);
    // Several elements come as an array of them; a single one (a refusal's return) comes bare.
    return (object) (is_array($reply) ? $reply : ['return' => $reply]);
}

/** The account's entitlement of that id, in a reply. */
function entitlement($reply, string $id)
{
    $entitlements = $reply->account->entitlements ?? [];
    foreach (is_array($entitlements) ? $entitlements : [$entitlements] as $entitlement) {
        if ($entitlement->merchantEntitlementId === $id) {
            return $entitlement;
        }
    }
    throw new RuntimeException("The reply holds no entitlement $id.");
}

function result($reply): string
{
    return "{$reply->return->returnCode} {$reply->return->returnString}";
}

$account = ['merchantAccountId' => 'xyz123'];

$reply = call('update', [
    'srd' => '{"account": ["name"]}',
    'account' => $account + ['name' => 'Zoë Müller & <Söhne>'],
]);
echo "name: {$reply->account->name}\n";

$reply = call('grantEntitlement', [
    'srd' => '{"account": ["entitlements"]}',
    'account' => $account,
    'entitlement' => ['merchantEntitlementId' => 'news', 'description' => 'Größe <L> & "mehr"'],
    'note' => 'A gift',
]);
echo 'grant: ', result($reply), "\n";
echo 'description: ', entitlement($reply, 'news')->description, "\n";

// Here the srd asks for two fields of each entitlement and nothing else.
$revocation = [
    'srd' => '{"account": {"entitlements": ["merchantEntitlementId", "endTimestamp"]}}',
    'account' => $account,
    'merchantEntitlementId' => 'news',
    'note' => 'The gift is taken back',
];
$reply = call('revokeEntitlement', $revocation);
$end = entitlement($reply, 'news')->endTimestamp;
echo 'revoke: ', result($reply), "\n";
echo 'ended: ', strtotime($end) < time() ? 'yes' : 'no', "\n";

// What is refused is refused in the reply ...
$reply = call('revokeEntitlement', ['srd' => null] + $revocation);
echo 'revoke again: ', result($reply), "\n";

// ... and what is no call that the server could answer ends in a Fault, which SoapClient throws.
try {
    call('revokeEntitlement', ['note' => str_repeat('x', 1024 * 1024)] + $revocation);
    echo "fault: none\n";
} catch (SoapFault $fault) {
    echo "fault: {$fault->getMessage()}\n";
}
