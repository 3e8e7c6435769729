<?php
// Reads every WSDL of a version and starts an AutoBill: PHP, with the WSDL, its objects as arrays.
[$url, $version] = [getenv('LATCHKEY_URL'), getenv('LATCHKEY_VERSION')];
$auth = ['version' => $version, 'login' => 'demo', 'password' => 'demo'];
$parts = (float) $version >= 13 ? ['auth' => $auth, 'srd' => ''] : ['auth' => $auth];
$policies = (float) $version >= 9
    ? ['immediateAuthFailurePolicy' => 'doNotSaveAutoBill', 'validateForFuturePayment' => true]
    : ['duplicateBehavior' => 'Fail', 'validatePaymentMethod' => false];
$bill = [
    'merchantAutoBillId' => 'between',
    'account' => ['merchantAccountId' => 'xyz123'],
    'billingPlan' => [
        'merchantBillingPlanId' => 'monthly',
        'periods' => [['type' => 'Month', 'quantity' => 1]],
    ],
    'items' => [['product' => ['merchantProductId' => 'news']]],
];

function client(string $class): SoapClient
{
    global $url, $version;
    return new SoapClient("$url/$version/$class.wsdl", ['cache_wsdl' => WSDL_CACHE_NONE]);
}

foreach (explode(' ', getenv('LATCHKEY_CLASSES')) as $class) {
    echo $class, ' ', count(client($class)->__getFunctions()), "\n";
}

$reply = client('AutoBill')->update([...$parts, 'autobill' => $bill, ...$policies]);
$created = property_exists($reply, 'created') ? 'True' : 'False';
echo "update: {$reply->return->returnCode} {$reply->autobill->status} $created\n";

$named = ['autobill' => ['merchantAutoBillId' => 'between'], 'disentitle' => true, 'force' => true];
$reply = client('AutoBill')->cancel([...$parts, ...$named]);
echo "cancel: {$reply->return->returnCode} {$reply->autobill->status}\n";

$reply = client('Transaction')->fetchByVid([...$parts, 'vid' => 'none']);
echo "fetchByVid: {$reply->return->returnCode} {$reply->return->returnString}\n";
