<?php
/**
 * Takes the entitlement "bac" away from the account "xyz123", as the example in the vendor's
 * documentation of Account.revokeEntitlement does. Against a server started with `npm start`,
 * which holds both:
 *
 *     php examples/php/revoke-entitlement.php
 *
 * Run it twice, and the second time there is nothing to revoke. Where the server is and who calls:
 * see the settings in Vindicia.php.
 */

require __DIR__ . '/Vindicia.php';

$account = new Account();
$account->setMerchantAccountId('xyz123');

// Either an Entitlement object or its id names what to revoke; here it is the id.
if (version_compare(Vindicia::version(), '13.0', '>=')) {
    // srd, entitlement, merchantEntitlementId, note
    $response = $account->revokeEntitlement(null, null, 'bac', 'You can play no more');
} else {
    // API versions before 13.0 have no srd; the documented call is this one.
    $response = $account->revokeEntitlement(null, 'bac', 'You can play no more');
}

if ($response['returnCode'] == 200) {
    // The account comes back with all its entitlements, those that have ended included.
    foreach ($response['data']->account->entitlements as $entitlement) {
        if ($entitlement->merchantEntitlementId == 'bac') {
            $end = $entitlement->endTimestamp;
            if ($end !== null && strtotime($end) < time()) {
                echo "bac is revoked: it ended at $end\n";
            } else {
                echo "bac is not revoked\n";
            }
        }
    }
} else {
    echo "Not revoked: {$response['returnCode']} {$response['returnString']}\n";
}
