<?php
/**
 * A thin client of the CashBox SOAP API: one file, on nothing but PHP's own SoapClient (7.4 or
 * later, with the extension soap). Copy it beside your program.
 *
 *     require __DIR__ . '/Vindicia.php';
 *
 *     $account = new Account();
 *     $account->setMerchantAccountId('xyz123');
 *     $response = $account->isEntitled(null, 'bac');
 *     if ($response['returnCode'] == 200 && $response['data']->entitled) { ... }
 *
 * Objects. Account, Entitlement and so on have setX() and getX() for every field X that the API
 * version gives them; a field is a property, too ($account->name). A field without a value is null.
 *
 * Calls. Every operation of a class is a method of its objects. Its arguments are those that the
 * WSDL declares, in that order, without two: auth, which comes from the settings below, and the
 * object itself ("account" in Account's operations). Give null for what you leave out in the
 * middle; what is missing at the end is null. From API version 13.0 on the first argument is srd,
 * the sparse response description: null for everything, or JSON that names what you want of the
 * reply, such as '{"account": ["entitlements"]}'. Older versions don't have it. Nothing of this is
 * written down here: it is read from the WSDL of the version that is set.
 *
 * Answers. Every call returns an array, and doesn't throw, whatever the server says:
 *
 *     returnCode     200 when it was done
 *     returnString   "OK", or why it was not done
 *     soapId         names this call in the server's log and ledger
 *     data           the reply: $response['data']->account and so on; a field that may stand
 *                    several times, such as account->entitlements, is an array when it is there
 *     fault          only where there was no reply (a SOAP Fault, no connection, no WSDL): the
 *                    SoapFault. returnCode is 500 then, returnString its message.
 *
 * A mistake in the calling program (a field or operation that the API version doesn't have, too
 * many arguments) is thrown as an exception.
 *
 * Settings, from the environment:
 *
 *     LATCHKEY_URL        http://127.0.0.1:8787
 *     LATCHKEY_LOGIN      demo
 *     LATCHKEY_PASSWORD   demo
 *     LATCHKEY_VERSION    22.0
 */

/** The connection: settings, one SoapClient for each class of the API, and the call itself. */
final class Vindicia
{
    /**
     * Options for SoapClient that go beside or before those below. In production, where the WSDL
     * doesn't change under your feet, you want at least ['cache_wsdl' => WSDL_CACHE_BOTH].
     */
    public static array $options = [];

    /** Class name => its SoapClient. */
    private static array $clients = [];

    /** Class name => type name => field name in lower case => [field name, type name]. */
    private static array $types = [];

    /** Where the server is, without a slash at the end. */
    public static function url(): string
    {
        return rtrim(self::setting('LATCHKEY_URL', 'http://127.0.0.1:8787'), '/');
    }

    /** The API version that is spoken, such as 22.0. */
    public static function version(): string
    {
        return self::setting('LATCHKEY_VERSION', '22.0');
    }

    /**
     * Calls an operation.
     *
     * @param string         $class     class of the API: Account, Entitlement ...
     * @param string         $operation revokeEntitlement ...
     * @param array          $arguments as the WSDL orders them, without auth and $self
     * @param VindiciaObject $self      the object whose operation is called
     * @return array see the top of this file
     */
    public static function call(
        string $class,
        string $operation,
        array $arguments,
        VindiciaObject $self
    ): array {
        try {
            $client = self::client($class);
            $message = self::message($class, $operation, $arguments, $self);
            $reply = $client->__soapCall($operation, [$message]);
        } catch (SoapFault $fault) {
            return self::failed($fault);
        }
        return [
            'returnCode' => $reply->return->returnCode,
            'returnString' => $reply->return->returnString ?? '',
            'soapId' => $reply->return->soapId ?? null,
            'data' => $reply,
        ];
    }

    private static function setting(string $name, string $default): string
    {
        $value = getenv($name);
        return $value === false || $value === '' ? $default : $value;
    }

    /** Reads the WSDL of a class, once. */
    private static function client(string $class): SoapClient
    {
        if (!isset(self::$clients[$class])) {
            $wsdl = self::url() . '/' . self::version() . "/$class.wsdl";
            $client = new SoapClient($wsdl, self::$options + [
                // The way to the server that we know, whatever the WSDL says of it.
                'location' => self::url() . '/soap.pl',
                // A list of one is still a list.
                'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
                'classmap' => self::classmap(),
                'cache_wsdl' => WSDL_CACHE_NONE,
                'connection_timeout' => 10,
            ]);
            self::$types[$class] = self::readTypes($client->__getTypes());
            self::$clients[$class] = $client;
        }
        return self::$clients[$class];
    }

    /** Types of the contract that have a class here come as objects of it. */
    private static function classmap(): array
    {
        $classes = array_filter(get_declared_classes(), static function (string $class): bool {
            return is_subclass_of($class, VindiciaObject::class);
        });
        return array_combine($classes, $classes);
    }

    /**
     * Reads "struct NAME {\n TYPE FIELD;\n TYPE FIELD;\n}", which is how SoapClient shows a type.
     * The message of an operation is a type, too, under the operation's name.
     */
    private static function readTypes(array $descriptions): array
    {
        $types = [];
        foreach ($descriptions as $description) {
            if (!preg_match('/^struct (\w+) \{(.*)\}$/s', $description, $struct)) {
                continue;
            }
            preg_match_all('/(\w+) (\w+);/', $struct[2], $fields, PREG_SET_ORDER);
            $types[$struct[1]] = [];
            foreach ($fields as [, $type, $name]) {
                $types[$struct[1]][strtolower($name)] = [$name, $type];
            }
        }
        return $types;
    }

    /** The parts of an operation's message: auth, the object itself, and the arguments in order. */
    private static function message(
        string $class,
        string $operation,
        array $arguments,
        VindiciaObject $self
    ): array {
        $parts = array_values(self::$types[$class][$operation] ?? []);
        if (($parts[0][0] ?? '') !== 'auth') {
            throw new BadMethodCallException(
                "$class has no operation \"$operation\" in API version " . self::version()
            );
        }
        $message = ['auth' => [
            'version' => self::version(),
            'login' => self::setting('LATCHKEY_LOGIN', 'demo'),
            'password' => self::setting('LATCHKEY_PASSWORD', 'demo'),
        ]];
        // The object itself is the first part of its type: "account", or "parent" of addChildren.
        // Operations that look for objects have none: fetchByMerchantAccountId ...
        $own = array_search($class, array_column($parts, 1, 0), true);
        $taken = [];
        foreach (array_slice($parts, 1) as [$name, $type]) {
            if ($name === $own) {
                $value = $self;
            } else {
                $value = array_shift($arguments);
                $taken[] = $name;
            }
            $message[$name] = self::plain($value, $type, self::$types[$class]);
        }
        if ($arguments !== []) {
            throw new ArgumentCountError(
                "$class.$operation takes no more arguments than (" . implode(', ', $taken) .
                ') in API version ' . self::version()
            );
        }
        return $message;
    }

    /**
     * What SoapClient is to send of a value. Field names get the contract's own spelling, for
     * SoapClient leaves out what it doesn't know without a word.
     *
     * @param mixed $value
     * @return mixed
     */
    private static function plain($value, string $type, array $types)
    {
        $isList = is_array($value) && ($value === [] || is_int(key($value)));
        if ($isList) {
            return array_map(static function ($item) use ($type, $types) {
                return self::plain($item, $type, $types);
            }, $value);
        }
        if (!is_array($value) && !$value instanceof VindiciaObject) {
            return $value;
        }
        $object = [];
        foreach (is_array($value) ? $value : get_object_vars($value) as $name => $content) {
            if ($content === null) {
                continue;
            }
            $field = $types[$type][strtolower($name)] ?? null;
            if ($field === null) {
                throw new InvalidArgumentException(
                    "$type has no field \"$name\" in API version " . self::version()
                );
            }
            $object[$field[0]] = self::plain($content, $field[1], $types);
        }
        return (object) $object;
    }

    /** A call that brought no reply, in the form of one that was refused. */
    private static function failed(SoapFault $fault): array
    {
        $return = (object) [
            'returnCode' => 500,
            'returnString' => trim($fault->getMessage()),
            'soapId' => $fault->detail->soapId ?? null,
        ];
        return (array) $return + ['data' => (object) ['return' => $return], 'fault' => $fault];
    }
}

/** What all objects of the API can do. */
abstract class VindiciaObject extends stdClass
{
    /**
     * setX(value), getX(), and the operations of the class.
     *
     * @return mixed setX: the object; getX: the field's value; an operation: its answer
     */
    public function __call(string $method, array $arguments)
    {
        if (!preg_match('/^([gs]et)([A-Z]\w*)$/', $method, $accessor)) {
            return Vindicia::call(static::class, $method, $arguments, $this);
        }
        [, $kind, $field] = $accessor;
        if ($kind === 'get') {
            return $this->__get($field);
        }
        // As a rule X is the field with a capital letter; VID is one of its own.
        $name = $this->find($field) ?? (preg_match('/^[A-Z]{2}/', $field) ? $field : lcfirst($field));
        $this->$name = $arguments[0] ?? null;
        return $this;
    }

    /**
     * A field that has no value, or whose name is spelled with other capitals.
     *
     * @return mixed
     */
    public function __get(string $field)
    {
        $name = $this->find($field);
        return $name === null ? null : $this->$name;
    }

    /** The field of that name that has a value, whatever the capitals. */
    private function find(string $field): ?string
    {
        foreach (array_keys(get_object_vars($this)) as $name) {
            if (strcasecmp($name, $field) === 0) {
                return $name;
            }
        }
        return null;
    }
}

/*
 * The objects. Another type of the contract needs one more line. (Return cannot have one, for PHP
 * keeps the word to itself: it comes as a stdClass.)
 */
class Account extends VindiciaObject {}
class Address extends VindiciaObject {}
class AutoBill extends VindiciaObject {}
class AutoBillItem extends VindiciaObject {}
class BillingPlan extends VindiciaObject {}
class CancelReason extends VindiciaObject {}
class Credit extends VindiciaObject {}
class CurrencyAmount extends VindiciaObject {}
class Entitlement extends VindiciaObject {}
class MerchantEntitlementId extends VindiciaObject {}
class NameValuePair extends VindiciaObject {}
class PaymentMethod extends VindiciaObject {}
class Product extends VindiciaObject {}
class TaxExemption extends VindiciaObject {}
class TimeInterval extends VindiciaObject {}
class Token extends VindiciaObject {}
class TokenAmount extends VindiciaObject {}
