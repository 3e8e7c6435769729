// Grants an entitlement and revokes it again, with the proxy that the wsdl tool generates. In it,
// Account is the service; the account itself is Account1.
using System;
using System.Linq;
using System.Text;
using System.Web.Services.Protocols;

static class Example
{
    static readonly Account Service = new Account();
    static readonly Authentication Auth = new Authentication();

    static string Setting(string name, string otherwise)
    {
        return Environment.GetEnvironmentVariable(name) ?? otherwise;
    }

    static Account1 TheAccount()
    {
        return new Account1 { merchantAccountId = "xyz123" };
    }

    // Below version 13.0 the API has no srd. Where there is one, null asks for the whole reply.
#if SRD
    static Return Update(string srd, ref Account1 account, out bool created)
    {
        return Service.update(Auth, srd, ref account, out created);
    }

    static Return Grant(ref Account1 account, Entitlement entitlement, string note)
    {
        return Service.grantEntitlement(Auth, null, ref account, entitlement, note);
    }

    static Return Revoke(ref Account1 account, string id, string note)
    {
        return Service.revokeEntitlement(Auth, null, ref account, null, id, note);
    }
#else
    static Return Update(string srd, ref Account1 account, out bool created)
    {
        return Service.update(Auth, ref account, out created);
    }

    static Return Grant(ref Account1 account, Entitlement entitlement, string note)
    {
        return Service.grantEntitlement(Auth, ref account, entitlement, note);
    }

    static Return Revoke(ref Account1 account, string id, string note)
    {
        return Service.revokeEntitlement(Auth, ref account, null, id, note);
    }
#endif

    static Entitlement Find(Account1 account, string id)
    {
        return account.entitlements.First(held => held.merchantEntitlementId == id);
    }

    static void Main()
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        Service.Url = Setting("LATCHKEY_URL", "http://127.0.0.1:8787") + "/soap.pl";
        Auth.version = Setting("LATCHKEY_VERSION", "22.0");
        Auth.login = Setting("LATCHKEY_LOGIN", "demo");
        Auth.password = Setting("LATCHKEY_PASSWORD", "demo");

        // Give the account a name. Of the reply, only the name is wanted.
        bool created;
        var account = TheAccount();
        account.name = "Zoë Müller & <Söhne>";
        Update("{\"account\": [\"name\"]}", ref account, out created);
        Console.WriteLine("name: " + account.name);

        // Grant. Without an srd, the reply holds the whole account.
        account = TheAccount();
        var entitlement = new Entitlement
        {
            merchantEntitlementId = "news",
            description = "Größe <L> & \"mehr\"",
        };
        var result = Grant(ref account, entitlement, null);
        Console.WriteLine("grant: {0} {1}", result.returnCode, result.returnString);
        Console.WriteLine("description: " + Find(account, "news").description);

        // Revoke: the entitlement has ended when the reply comes.
        account = TheAccount();
        result = Revoke(ref account, "news", "No more news");
        var revoked = Find(account, "news");
        var ended = revoked.endTimestampSpecified
            && revoked.endTimestamp.ToUniversalTime() < DateTime.UtcNow;
        Console.WriteLine("revoke: {0} {1}", result.returnCode, result.returnString);
        Console.WriteLine("ended: " + (ended ? "yes" : "no"));

        // What the server refuses is a return code, not an exception.
        account = TheAccount();
        result = Revoke(ref account, "news", "No more news");
        Console.WriteLine("revoke again: {0} {1}", result.returnCode, result.returnString);

        // A request that is no call at all is a SOAP Fault: this one is too large.
        try
        {
            account = TheAccount();
            Grant(ref account, entitlement, new string('x', 1024 * 1024 + 1));
        }
        catch (SoapException fault)
        {
            Console.WriteLine("fault: " + fault.Message);
        }
    }
}
