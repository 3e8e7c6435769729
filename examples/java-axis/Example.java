// Grants an entitlement and revokes it again, with the classes that Axis's WSDL2Java generates.
import com.vindicia.soap.v22_0.Account.AccountLocator;
import com.vindicia.soap.v22_0.Account.AccountPortType;
import com.vindicia.soap.v22_0.Vindicia.Account;
import com.vindicia.soap.v22_0.Vindicia.Authentication;
import com.vindicia.soap.v22_0.Vindicia.Entitlement;
import com.vindicia.soap.v22_0.Vindicia._return;
import com.vindicia.soap.v22_0.Vindicia.holders.AccountHolder;
import com.vindicia.soap.v22_0.Vindicia.holders._returnHolder;
import java.io.PrintStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Calendar;
import javax.xml.rpc.holders.BooleanHolder;
import org.apache.axis.AxisFault;

public class Example {
    // An account goes in and comes back in the same holder.
    static AccountHolder account(String name) {
        Account account = new Account();
        account.setMerchantAccountId("xyz123");
        account.setName(name);
        return new AccountHolder(account);
    }

    static Entitlement find(Account account, String id) {
        return Arrays.stream(account.getEntitlements())
            .filter(held -> id.equals(held.getMerchantEntitlementId()))
            .findFirst()
            .get();
    }

    static String outcome(_return result) {
        return result.getReturnCode() + " " + result.getReturnString();
    }

    static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }

    // Below version 13.0 the API has no srd: there the lines that end in "// srd" fall away.
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        AccountPortType service = new AccountLocator().getAccountPort(
            new URL(setting("LATCHKEY_URL", "http://127.0.0.1:8787") + "/soap.pl"));

        Authentication auth = new Authentication();
        auth.setVersion(setting("LATCHKEY_VERSION", "22.0"));
        auth.setLogin(setting("LATCHKEY_LOGIN", "demo"));
        auth.setPassword(setting("LATCHKEY_PASSWORD", "demo"));

        // Give the account a name. Of the reply, only the name is wanted.
        AccountHolder named = account("Zoë Müller & <Söhne>");
        service.update(
            auth,
            "{\"account\": [\"name\"]}", // srd
            named,
            new _returnHolder(),
            new BooleanHolder());
        out.println("name: " + named.value.getName());

        // Grant. With a null srd, the reply holds the whole account.
        Entitlement entitlement = new Entitlement();
        entitlement.setMerchantEntitlementId("news");
        entitlement.setDescription("Größe <L> & \"mehr\"");
        AccountHolder granted = account(null);
        _return result = service.grantEntitlement(
            auth,
            null, // srd
            granted,
            entitlement,
            null);
        out.println("grant: " + outcome(result));
        out.println("description: " + find(granted.value, "news").getDescription());

        // Revoke: the entitlement has ended when the reply comes.
        AccountHolder revoked = account(null);
        result = service.revokeEntitlement(
            auth,
            null, // srd
            revoked,
            null,
            "news",
            "No more news");
        Calendar end = find(revoked.value, "news").getEndTimestamp();
        boolean ended = end != null && end.before(Calendar.getInstance());
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
        } catch (AxisFault fault) {
            out.println("fault: " + fault.getFaultString());
        }
    }
}
