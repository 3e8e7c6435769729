// Grants an entitlement and revokes it again, with the classes that wsimport generates.
import com.vindicia.soap.v22_0.account.AccountPortType;
import com.vindicia.soap.v22_0.vindicia.Account;
import com.vindicia.soap.v22_0.vindicia.Authentication;
import com.vindicia.soap.v22_0.vindicia.Entitlement;
import com.vindicia.soap.v22_0.vindicia.Return;
import java.io.PrintStream;
import java.util.Date;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.Holder;
import javax.xml.ws.soap.SOAPFaultException;

public class Example {
    // An account goes in and comes back in the same Holder.
    static Holder<Account> account(String name) {
        Account account = new Account();
        account.setMerchantAccountId("xyz123");
        account.setName(name);
        return new Holder<>(account);
    }

    static Entitlement find(Account account, String id) {
        return account.getEntitlements().stream()
            .filter(held -> id.equals(held.getMerchantEntitlementId()))
            .findFirst()
            .get();
    }

    static String outcome(Return result) {
        return result.getReturnCode() + " " + result.getReturnString();
    }

    static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    // Below version 13.0 the API has no srd: there the lines that end in "// srd" fall away.
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        AccountPortType service = new com.vindicia.soap.v22_0.account.Account().getAccountPort();
        ((BindingProvider) service).getRequestContext().put(
            BindingProvider.ENDPOINT_ADDRESS_PROPERTY,
            setting("LATCHKEY_URL", "http://127.0.0.1:8787") + "/soap.pl");

        Authentication auth = new Authentication();
        auth.setVersion(setting("LATCHKEY_VERSION", "22.0"));
        auth.setLogin(setting("LATCHKEY_LOGIN", "demo"));
        auth.setPassword(setting("LATCHKEY_PASSWORD", "demo"));

        // Give the account a name. Of the reply, only the name is wanted.
        Holder<Account> named = account("Zoë Müller & <Söhne>");
        service.update(
            auth,
            "{\"account\": [\"name\"]}", // srd
            named,
            new Holder<Boolean>());
        out.println("name: " + named.value.getName());

        // Grant. With a null srd, the reply holds the whole account.
        Entitlement entitlement = new Entitlement();
        entitlement.setMerchantEntitlementId("news");
        entitlement.setDescription("Größe <L> & \"mehr\"");
        Holder<Account> granted = account(null);
        Return result = service.grantEntitlement(
            auth,
            null, // srd
            granted,
            entitlement,
            null);
        out.println("grant: " + outcome(result));
        out.println("description: " + find(granted.value, "news").getDescription());

        // Revoke: the entitlement has ended when the reply comes.
        Holder<Account> revoked = account(null);
        result = service.revokeEntitlement(
            auth,
            null, // srd
            revoked,
            null,
            "news",
            "No more news");
        XMLGregorianCalendar end = find(revoked.value, "news").getEndTimestamp();
        boolean ended = end != null && end.toGregorianCalendar().getTime().before(new Date());
        out.println("revoke: " + outcome(result));
        out.println("ended: " + (ended ? "yes" : "no"));

        // What the server refuses is a return code, not an exception.
        result = service.revokeEntitlement(
            auth,
            null, // srd
            account(null),
            null,
            "news",
            "No more news");
        out.println("revoke again: " + outcome(result));

        // A request that is no call at all is a SOAP Fault: this one is too large.
        try {
            service.grantEntitlement(
                auth,
                null, // srd
                account(null),
                entitlement,
                "x".repeat(1024 * 1024 + 1));
        } catch (SOAPFaultException error) {
            out.println("fault: " + error.getFault().getFaultString());
        }
    }
}
